import {useIntl, type IntlShape} from 'react-intl';

import type {CountsAnswer, RunAnswer} from '../../answers';
import {nameOf} from '../../i18n/name_of';
import {countNames, type Action} from '../../sync/lists';
import type {Counts} from '../../sync/types';

/** Always shown, even if the count is 0. */
const always: Record<RunAnswer['mode'], Array<keyof Counts>> = {
    preview: ['directory', 'in_scope', 'created', 'updated'],
    apply: ['directory', 'in_scope', 'created', 'updated', 'failed'],
};

/** What a preview only plans has the name of the action, for nothing was done. */
const planned: Partial<Record<keyof Counts, Action>> = {
    created: 'create', updated: 'update', reactivated: 'reactivate', deactivated: 'deactivate', joined: 'join', left: 'leave', promoted: 'promote', demoted: 'demote',
};

/** Whether a run stopped before it had counted any user, so that its numbers mean nothing. */
export function endedEarly({state, counts}: Pick<RunAnswer, 'state' | 'counts'>): boolean {
    return ['failed', 'cancelled', 'interrupted'].includes(state) && countNames.every((name) => counts[name] === 0);
}

/** Users and memberships counted by what happened to them, or would happen to them. */
export function RunCounts({mode, counts}: {mode: RunAnswer['mode']; counts: CountsAnswer}) {
    const intl = useIntl();
    const shown = countNames.filter((name) => counts[name] > 0 || always[mode].includes(name));
    return (
        <dl className='EntraSync__counts'>
            {shown.map((name) => (
                <div key={name}>
                    <dt>{labelOf(intl, mode, name)}</dt>
                    <dd>{intl.formatNumber(counts[name])}</dd>
                </div>
            ))}
        </dl>
    );
}

function labelOf(intl: IntlShape, mode: RunAnswer['mode'], name: keyof Counts): string {
    const action = planned[name];
    return mode === 'preview' && action ? nameOf(intl, 'action', action) : nameOf(intl, 'count', name);
}
