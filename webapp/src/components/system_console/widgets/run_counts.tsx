import {useIntl} from 'react-intl';

import type {CountsAnswer, RunAnswer} from '../../../answers';
import {nameOf} from '../../../i18n/name_of';
import type {Counts} from '../../../sync/types';

const order: Array<keyof Counts> = [
    'directory', 'in_scope', 'created', 'updated', 'reactivated', 'deactivated', 'unchanged', 'skipped', 'conflicts', 'held', 'failed',
];

/** Always shown, even when nobody was counted there. */
const always: Array<keyof Counts> = ['directory', 'in_scope', 'created', 'updated', 'failed'];

/** Whether a run was stopped before it had counted anybody, so that its numbers say nothing. */
export function endedEarly({state, counts}: Pick<RunAnswer, 'state' | 'counts'>): boolean {
    return ['failed', 'cancelled', 'interrupted'].includes(state) && order.every((name) => counts[name] === 0);
}

/** People counted by what happened to them. */
export function RunCounts({counts}: {counts: CountsAnswer}) {
    const intl = useIntl();
    const shown = order.filter((name) => counts[name] > 0 || always.includes(name));
    return (
        <dl className='EntraSync__counts'>
            {shown.map((name) => (
                <div key={name}>
                    <dt>{nameOf(intl, 'count', name)}</dt>
                    <dd>{intl.formatNumber(counts[name])}</dd>
                </div>
            ))}
        </dl>
    );
}
