import {useIntl} from 'react-intl';

import type {ChangeAnswer} from '../../../answers';
import {nameOf} from '../../../i18n/name_of';
import {localeOf} from '../../../sync/messages/locale';
import {approvalTexts, reasonAlone, scopeText} from '../../../sync/report/reason';
import {targetOf, targetText} from '../../../sync/report/target';
import type {ChangeStatus} from '../../../sync/types';

import {Tag, type TagKind} from '../../widgets/tag';

const kinds: Record<ChangeStatus, TagKind> = {planned: 'info', done: 'success', failed: 'danger', held: 'warning', discarded: 'neutral', acknowledged: 'neutral'};

export function StatusTag({status}: {status: ChangeStatus}) {
    return <Tag kind={kinds[status] ?? 'neutral'}>{nameOf(useIntl(), 'change_status', status)}</Tag>;
}

/** The action; one that removes a user's access is highlighted. */
export function ActionName({action}: Pick<ChangeAnswer, 'action'>) {
    const name = nameOf(useIntl(), 'action', action);
    return action === 'deactivate' ? <Tag kind='danger'>{name}</Tag> : <>{name}</>;
}

/** Names come from the directory: they are shown as text, isolated from the direction of the text around them. */
export function Person({change}: {change: Pick<ChangeAnswer, 'display_name' | 'email' | 'username' | 'object_id' | 'reason_params'>}) {
    if (isAboutTarget(change)) {
        return <TargetName change={change}/>;
    }
    return (
        <>
            <bdi className='EntraSync__name'>{change.display_name || change.email || change.object_id}</bdi>
            {change.email && <bdi className='EntraSync__quiet'>{change.email}</bdi>}
            {change.username && !isSaid(change) && <bdi className='EntraSync__quiet'>{`@${change.username}`}</bdi>}
        </>
    );
}

/** Whether the line is about a team or channel as a whole, and names no user. */
export function isAboutTarget(change: Pick<ChangeAnswer, 'object_id' | 'reason_params'>): boolean {
    return change.object_id === '' && targetOf(change) !== null;
}

/** The team, channel, or role of a membership; nothing for a change of an account. */
export function TargetName({change}: {change: Pick<ChangeAnswer, 'reason_params'>}) {
    const locale = localeOf(useIntl().locale);
    const target = targetOf(change);
    return target && <bdi className='EntraSync__name EntraSync__targetName'>{targetText(locale, target)}</bdi>;
}

/** Whether the email address or the name already tells the username. */
function isSaid({email, username}: Pick<ChangeAnswer, 'email' | 'username'>): boolean {
    return email.toLowerCase().startsWith(`${username}@`);
}

/** The reason, above it the target of a membership, and below it the rule of the policy that decides the scope. */
export function Reason({change}: {change: ChangeAnswer}) {
    const scope = scopeText(localeOf(useIntl().locale), change);
    return (
        <>
            {!isAboutTarget(change) && <TargetName change={change}/>}
            <span className='EntraSync__below'><ReasonAlone change={change}/></span>
            <ApprovalReasons change={change}/>
            {scope && <bdi className='EntraSync__rule EntraSync__quiet'>{scope}</bdi>}
        </>
    );
}

/** Why the change needs an approval of its own. */
export function ApprovalReasons({change}: {change: ChangeAnswer}) {
    const texts = approvalTexts(localeOf(useIntl().locale), change);
    return <>{texts.map((text) => <strong key={text} className='EntraSync__rule'>{text}</strong>)}</>;
}

export function ReasonAlone({change}: {change: Pick<ChangeAnswer, 'reason' | 'reason_params'>}) {
    const until = Number(change.reason_params?.until ?? 0);
    return <bdi>{reasonAlone(localeOf(useIntl().locale), change, {offset_minutes: -new Date(until).getTimezoneOffset()})}</bdi>;
}
