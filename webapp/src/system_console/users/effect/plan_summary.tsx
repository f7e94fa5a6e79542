import {FormattedMessage, useIntl} from 'react-intl';

import {nameOf} from '../../../i18n/name_of';
import type {LivePlan} from '../../../live/plan';
import {doingActions, type Action} from '../../../sync/lists';
import {holdTexts} from '../../../sync/messages/hold_lines';
import {localeOf} from '../../../sync/messages/locale';
import {reasonAlone} from '../../../sync/report/reason';
import type {Change} from '../../../sync/types';
import {FaultNotice} from '../../widgets/fault_notice';
import {Notice} from '../../widgets/notice';
import type {Answer} from '../../widgets/use_answer';

import {EffectList} from '../../widgets/effect_list';

const order = [...doingActions, 'conflict', 'skip'] as const;

/** Said even when there are none. */
const always: readonly Action[] = ['create', 'update', 'deactivate'];

/** What a sync would do under the policy on the screen. */
export function PlanSummary({answer: plan, fault, isLoading}: Pick<Answer<LivePlan | null>, 'answer' | 'fault' | 'isLoading'>) {
    const intl = useIntl();
    return (
        <div className='EntraSync__plan' aria-busy={isLoading}>
            <h4 className='EntraSync__label'><FormattedMessage id='entrasync.effect.plan'/></h4>
            {fault && <FaultNotice fault={fault} isUrgent={false}/>}
            {isLoading && !fault && <p className='EntraSync__quiet'><FormattedMessage id='entrasync.effect.planning'/></p>}
            {plan && !fault && (
                <>
                    <dl className='EntraSync__counts'>
                        {order.filter((action) => plan.actions[action] > 0 || always.includes(action)).map((action) => (
                            <div key={action}>
                                <dt>{nameOf(intl, 'action', action)}</dt>
                                <dd>{intl.formatNumber(plan.actions[action])}</dd>
                            </div>
                        ))}
                    </dl>
                    <PlanWarnings plan={plan}/>
                    <PlannedChanges plan={plan}/>
                </>
            )}
        </div>
    );
}

function PlanWarnings({plan: {hold, does_not_fit, warning}}: {plan: LivePlan}) {
    const locale = localeOf(useIntl().locale);
    return (
        <>
            {warning && <FaultNotice fault={warning} kind='warning' isUrgent={false}/>}
            {does_not_fit > 0 && <Notice kind='warning'><p><FormattedMessage id='entrasync.warning.does_not_fit' values={{count: does_not_fit}}/></p></Notice>}
            {hold && (
                <Notice kind='warning' title={<FormattedMessage id='entrasync.attention.preview_holds'/>}>
                    <ul className='EntraSync__holdKinds'>{holdTexts(locale, hold).map((text) => <li key={text}>{text}</li>)}</ul>
                </Notice>
            )}
        </>
    );
}

function PlannedChanges({plan: {actions, changes}}: {plan: LivePlan}) {
    const intl = useIntl();
    const total = order.reduce((sum, action) => sum + actions[action], 0);
    if (total === 0) {
        return <p className='EntraSync__quiet'><FormattedMessage id='entrasync.effect.no_changes'/></p>;
    }
    return (
        <EffectList title={intl.formatMessage({id: 'entrasync.effect.changes'}, {total})}>
            <ul className='EntraSync__people' tabIndex={0} aria-label={intl.formatMessage({id: 'entrasync.effect.changes'}, {total})}>
                {changes.map((change) => <ChangeRow key={change.seq} change={change}/>)}
            </ul>
            {total > changes.length && (
                <p className='EntraSync__quiet'><FormattedMessage id='entrasync.effect.first_changes' values={{shown: changes.length, total}}/></p>
            )}
        </EffectList>
    );
}

function ChangeRow({change}: {change: Change}) {
    const intl = useIntl();
    return (
        <li>
            <bdi className='EntraSync__name'>{change.display_name || change.email || change.object_id}</bdi>
            <span>{nameOf(intl, 'action', change.action)}</span>
            <bdi className='EntraSync__quiet'>{reasonAlone(localeOf(intl.locale), change)}</bdi>
        </li>
    );
}
