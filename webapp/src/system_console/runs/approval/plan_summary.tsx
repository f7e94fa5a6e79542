import {FormattedMessage} from 'react-intl';

import {doingActions} from '../../../sync/lists';

import {Tag} from '../../widgets/tag';

import type {Summary} from '../changes/change_rows';

const parts = [...doingActions, 'addresses'] as const;

/** Changes that remove access or change how a user signs in are highlighted. */
const dangers: readonly string[] = ['deactivate', 'addresses', 'leave'];

/** What some changes do together, in one line. */
export function PlanSummary({summary}: {summary: Summary}) {
    return (
        <ul className='EntraSync__planSummary'>
            {parts.filter((part) => summary[part] > 0).map((part) => {
                const words = <FormattedMessage id={`entrasync.plan.${part}`} values={{count: summary[part]}}/>;
                return <li key={part}>{dangers.includes(part) ? <Tag kind={part === 'deactivate' ? 'danger' : 'warning'}>{words}</Tag> : words}</li>;
            })}
        </ul>
    );
}
