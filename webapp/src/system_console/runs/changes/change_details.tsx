import {useEffect, useRef, type KeyboardEvent, type ReactNode} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {ChangeAnswer} from '../../../answers';
import type {MessageId} from '../../../i18n/message_id';
import {nameOf} from '../../../i18n/name_of';
import {localeOf} from '../../../sync/messages/locale';
import {scopeText} from '../../../sync/report/reason';
import {targetOf} from '../../../sync/report/target';
import type {Reason} from '../../../sync/types';

import {FaultNotice} from '../../widgets/fault_notice';
import {useElementId} from '../../widgets/use_element_id';
import {PlaceLink} from '../../frame/place_link';

import {Acknowledge} from './acknowledge';
import {ApprovalReasons, Person, ReasonAlone, StatusTag, TargetName} from './change_words';
import {ChangedFields} from './changed_fields';
import type {RowActions} from './grid_row';

interface Props extends Omit<RowActions, 'onOpen'> {
    change: ChangeAnswer;

    /** The run that lists the change. */
    runId: string;

    /** The server has changed the line. */
    onChanged(): void;
    onClose(): void;
}

/** Everything about one change: why, how the account was found, and each field before and after. Escape closes it. */
export function ChangeDetails({change, runId, onChanged, onClose, onApprove, onDiscard}: Props) {
    const intl = useIntl();
    const id = useElementId();
    const section = useRef<HTMLElement>(null);
    useEffect(() => section.current?.focus(), []);
    const press = (event: KeyboardEvent) => {
        if (event.key === 'Escape') {
            event.stopPropagation();
            onClose();
        }
    };
    return (
        <section className='EntraSync__details' aria-labelledby={id} ref={section} tabIndex={-1} onKeyDown={press}>
            <header>
                <h3 id={id}><Person change={change}/></h3>
                <button type='button' className='btn btn-tertiary btn-sm' onClick={onClose}><FormattedMessage id='entrasync.details.close'/></button>
            </header>
            {change.error && <FaultNotice fault={change.error} isUrgent={false}/>}
            <dl className='EntraSync__detailList'>
                <Detail name='entrasync.changes.action'>{nameOf(intl, 'action', change.action)} <StatusTag status={change.status}/></Detail>
                <Detail name='entrasync.changes.reason'><ReasonAlone change={change}/> <ApprovalReasons change={change}/></Detail>
                <Target change={change}/>
                <Scope change={change}/>
                <Match change={change}/>
                <Detail name='entrasync.details.object_id'>{change.object_id && <code>{change.object_id}</code>}</Detail>
                <Detail name='entrasync.details.account_id'>{change.account_id && <code>{change.account_id}</code>}</Detail>
                <Detail name='entrasync.changes.fields'>
                    {change.fields.length > 0 && <ChangedFields action={change.action} fields={change.fields}/>}
                </Detail>
            </dl>
            {change.action === 'conflict' && <Acknowledge runId={runId} change={change} onDone={onChanged}/>}
            <div className='EntraSync__actions'>
                {change.object_id && (
                    <PlaceLink to={{tab: 'runs', person: change.object_id}} className='btn btn-tertiary btn-sm'><FormattedMessage id='entrasync.details.history'/></PlaceLink>
                )}
                {change.status === 'held' && onApprove && (
                    <button type='button' className='btn btn-primary btn-sm' onClick={() => onApprove(change.seq)}><FormattedMessage id='entrasync.held.approve_one'/></button>
                )}
                {change.status === 'held' && onDiscard && (
                    <button type='button' className='btn btn-tertiary btn-sm' onClick={() => onDiscard(change.seq)}><FormattedMessage id='entrasync.held.discard_one'/></button>
                )}
            </div>
        </section>
    );
}

function Detail({name, children}: {name: MessageId; children: ReactNode}) {
    if (!children) {
        return null;
    }
    return (
        <div>
            <dt><FormattedMessage id={name}/></dt>
            <dd>{children}</dd>
        </div>
    );
}

/** The team, channel, or role of a membership, and the rule that decided about it. */
function Target({change}: {change: ChangeAnswer}) {
    const target = targetOf(change);
    return target && (
        <>
            <Detail name='entrasync.details.target'>
                {target.id && target.kind !== 'system_role' ? <PlaceLink to={{tab: 'runs', target: target.id}}><TargetName change={change}/></PlaceLink> : <TargetName change={change}/>}
                {target.id && <code className='EntraSync__below EntraSync__quiet'>{target.id}</code>}
            </Detail>
            <Detail name='entrasync.details.membership_rule'>{target.rule && <bdi>{target.rule}</bdi>}</Detail>
        </>
    );
}

/** The rule of the policy that decided the scope, in words and with its path. */
function Scope({change}: {change: ChangeAnswer}) {
    const scope = scopeText(localeOf(useIntl().locale), change);
    const path = change.reason_params?.rule_path;
    return (
        <Detail name='entrasync.details.scope'>
            {scope && <><bdi>{scope}</bdi>{path && <code className='EntraSync__below EntraSync__quiet'>{path}</code>}</>}
        </Detail>
    );
}

type MatchWay = 'link' | 'email' | 'auth_data' | 'other_mails' | 'username' | 'relinked' | 'none';

const adopted: Partial<Record<Reason, MatchWay>> = {
    new_person: 'none',
    adopted_by_email: 'email',
    adopted_by_auth_data: 'auth_data',
    adopted_by_other_mails: 'other_mails',
    adopted_by_username: 'username',
    relinked: 'relinked',
};

/** Reasons that only a linked user can have. */
const linked: Reason[] = [
    'attributes_changed', 'drift', 'email_changed', 'username_changed', 'address_released', 'out_of_scope', 'disabled', 'returned', 'soft_deleted', 'hard_deleted', 'missing',
    'missing_waits', 'out_of_scope_waits', 'grace_period', 'deactivation_off', 'up_to_date',
];

function Match({change: {reason, account_id}}: {change: ChangeAnswer}) {
    const way = adopted[reason] ?? (account_id !== '' && linked.includes(reason) ? 'link' : null);
    return <Detail name='entrasync.details.match'>{way && <FormattedMessage id={`entrasync.found_by.${way}`}/>}</Detail>;
}
