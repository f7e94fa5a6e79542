import {FormattedMessage, useIntl} from 'react-intl';

import type {LivePlan} from '../../../live/plan';
import type {LiveTargets, TargetProblem} from '../../../live/targets';
import {holdTexts} from '../../../sync/messages/hold_lines';
import {localeOf} from '../../../sync/messages/locale';
import {reasonAlone} from '../../../sync/report/reason';
import {targetOf, targetText} from '../../../sync/report/target';
import {PlaceLink} from '../../frame/place_link';
import type {PolicyDocument} from '../../policy/policy_document';
import {usePlan, useValid} from '../../policy/use_plan';
import {FaultNotice} from '../../widgets/fault_notice';
import {Moment} from '../../widgets/moment';
import {Notice} from '../../widgets/notice';
import {useElementId} from '../../widgets/use_element_id';

import {TargetEffect} from './target_effect';

/** Problems that are named. */
const SHOWN_PROBLEMS = 20;

interface Props {

    /** As shown on the screen; null while it has faults. */
    document: PolicyDocument | null;

    /** Whether the document has rules. */
    hasRules: boolean;
}

/** Who joins, leaves, and stays under the rules on the screen, computed by the sync logic before anything is saved. */
export function MembershipEffect({document, hasRules}: Props) {
    const titleId = useElementId();
    const policy = useValid(document);
    const {answer: plan, fault, isLoading} = usePlan(hasRules ? policy : '');
    const targets = hasRules ? plan?.targets ?? null : null;
    return (
        <>
            <p role='status' className='EntraSync__effectBar'>{targets && <Summary targets={targets}/>}</p>
            <section className='EntraSync__effect EntraSync__membershipEffect' aria-labelledby={titleId} aria-busy={isLoading}>
                <h3 id={titleId} className='EntraSync__subtitle'><FormattedMessage id='entrasync.effect.title'/></h3>
                {!document && <p className='help-text'><FormattedMessage id={targets ? 'entrasync.effect.stale' : 'entrasync.effect.faulty'}/></p>}
                {document && !hasRules && <p className='help-text'><FormattedMessage id='entrasync.memberships.effect_no_rules'/></p>}
                {fault && <FaultNotice fault={fault} isUrgent={false}/>}
                {!targets && isLoading && <p><FormattedMessage id='entrasync.effect.planning'/></p>}
                {document && hasRules && !plan && !isLoading && !fault && <NoRead/>}
                {plan && targets && <Targets plan={plan} targets={targets}/>}
                {plan && hasRules && !targets && <p className='help-text'><FormattedMessage id='entrasync.memberships.effect_none_on'/></p>}
            </section>
        </>
    );
}

/** One sentence, read aloud once it is final. */
function Summary({targets: {total, created, sums}}: {targets: LiveTargets}) {
    return (
        <strong>
            <FormattedMessage id='entrasync.memberships.effect_sum' values={{total, created, ...sums, roles: sums.promote + sums.demote}}/>
        </strong>
    );
}

function NoRead() {
    return (
        <Notice kind='info' title={<FormattedMessage id='entrasync.effect.no_read'/>}>
            <p><PlaceLink to={{tab: 'overview'}}><FormattedMessage id='entrasync.effect.preview_first'/></PlaceLink></p>
        </Notice>
    );
}

function Targets({plan: {read_at, unread, warning, hold}, targets: {targets, total, sums, problems}}: {plan: LivePlan; targets: LiveTargets}) {
    const intl = useIntl();
    return (
        <>
            <p className='EntraSync__quiet'><FormattedMessage id='entrasync.effect.read' values={{time: <Moment ms={read_at}/>}}/></p>
            {unread.length > 0 && <Notice kind='warning'><p><FormattedMessage id='entrasync.effect.unread' values={{count: unread.length, names: intl.formatList(unread)}}/></p></Notice>}
            {warning && <FaultNotice fault={warning} kind='warning' isUrgent={false}/>}
            {hold && (
                <Notice kind='warning' title={<FormattedMessage id='entrasync.attention.preview_holds'/>}>
                    <ul className='EntraSync__holdKinds'>{holdTexts(localeOf(intl.locale), hold).map((text) => <li key={text}>{text}</li>)}</ul>
                </Notice>
            )}
            {problems.length > 0 && <Problems problems={problems}/>}
            {sums.leave + sums.demote > 0 && <p className='help-text'><FormattedMessage id='entrasync.memberships.effect_leaves_help'/></p>}
            {targets.map((target) => <TargetEffect key={target.key} target={target}/>)}
            {total > targets.length && <p className='EntraSync__quiet'><FormattedMessage id='entrasync.memberships.effect_first_of' values={{shown: targets.length, total}}/></p>}
        </>
    );
}

/** Teams and channels that cannot be used, or that do not take all users. */
function Problems({problems}: {problems: readonly TargetProblem[]}) {
    const locale = localeOf(useIntl().locale);
    const rest = problems.length - SHOWN_PROBLEMS;
    return (
        <Notice kind='warning' title={<FormattedMessage id='entrasync.memberships.effect_problems' values={{count: problems.length}}/>}>
            <ul className='EntraSync__holdKinds'>
                {problems.slice(0, SHOWN_PROBLEMS).map(({reason, params}, at) => {
                    const target = targetOf({reason_params: params});
                    return <li key={at}><bdi>{target ? `${targetText(locale, target)}: ` : ''}{reasonAlone(locale, {reason, reason_params: params})}</bdi></li>;
                })}
                {rest > 0 && <li><FormattedMessage id='entrasync.policy.more_faults' values={{count: rest}}/></li>}
            </ul>
        </Notice>
    );
}
