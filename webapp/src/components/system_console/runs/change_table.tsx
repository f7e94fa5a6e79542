import {useId} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {ChangeAnswer} from '../../../answers';
import {nameOf} from '../../../i18n/name_of';
import {localeOf} from '../../../sync/messages/translate';
import {reasonAlone, scopeText} from '../../../sync/report/reason';
import type {ChangeStatus} from '../../../sync/types';

import {ChangedFields} from './changed_fields';
import {FaultNotice} from '../common/fault_notice';
import {Tag, type TagKind} from '../common/tag';

const kinds: Record<ChangeStatus, TagKind> = {planned: 'info', done: 'success', failed: 'danger', held: 'warning', discarded: 'neutral'};

interface Props {
    changes: ChangeAnswer[];
    isBusy: boolean;

    /** Lets one held change through; undefined where that is not possible now. */
    onApprove: ((seq: number) => void) | undefined;
}

/** One page of changes. Names come from the directory: they are shown as text, isolated from the direction of the text around them. */
export function ChangeTable({changes, isBusy, onApprove}: Props) {
    return (
        <div className='EntraSync__scroll'>
            <table className='adminConsoleListTable EntraSync__table' aria-busy={isBusy}>
                <thead>
                    <tr>
                        <th scope='col'><FormattedMessage id='entrasync.changes.person'/></th>
                        <th scope='col'><FormattedMessage id='entrasync.changes.action'/></th>
                        <th scope='col'><FormattedMessage id='entrasync.changes.status'/></th>
                        <th scope='col'><FormattedMessage id='entrasync.changes.reason'/></th>
                        <th scope='col'><FormattedMessage id='entrasync.changes.fields'/></th>
                    </tr>
                </thead>
                <tbody>{changes.map((change) => <ChangeRow key={change.seq} change={change} onApprove={onApprove}/>)}</tbody>
            </table>
        </div>
    );
}

function ChangeRow({change, onApprove}: {change: ChangeAnswer} & Pick<Props, 'onApprove'>) {
    const intl = useIntl();
    const personId = useId();
    return (
        <tr>
            <th scope='row' id={personId}><Person change={change}/></th>
            <td>{nameOf(intl, 'action', change.action)}</td>
            <td>
                <Tag kind={kinds[change.status] ?? 'neutral'}>{nameOf(intl, 'change_status', change.status)}</Tag>
                {change.status === 'held' && onApprove && (
                    <button type='button' className='btn btn-tertiary btn-xs EntraSync__approveOne' aria-describedby={personId} onClick={() => onApprove(change.seq)}>
                        <FormattedMessage id='entrasync.held.approve_one'/>
                    </button>
                )}
            </td>
            <td><Reason change={change}/></td>
            <td>
                {change.error && <FaultNotice fault={change.error} isUrgent={false}/>}
                <ChangedFields action={change.action} fields={change.fields.filter((field) => !isShownWithPerson(change, field))}/>
            </td>
        </tr>
    );
}

/** Why, and below by which rule of the policy the person is in or out of scope. */
function Reason({change}: {change: ChangeAnswer}) {
    const locale = localeOf(useIntl().locale);
    const until = Number(change.reason_params?.until ?? 0);
    const scope = scopeText(locale, change);
    return (
        <>
            <bdi>{reasonAlone(locale, change, {offset_minutes: -new Date(until).getTimezoneOffset()})}</bdi>
            {scope && <bdi className='EntraSync__rule EntraSync__quiet'>{scope}</bdi>}
        </>
    );
}

/** A new account's address and username stand below the name already. */
function isShownWithPerson({action, email, username}: ChangeAnswer, {field, to}: ChangeAnswer['fields'][number]): boolean {
    return action === 'create' && ((field === 'email' && to === email) || (field === 'username' && to === username));
}

function Person({change}: {change: ChangeAnswer}) {
    return (
        <>
            <bdi className='EntraSync__name'>{change.display_name || change.email || change.object_id}</bdi>
            {change.email && <bdi className='EntraSync__quiet'>{change.email}</bdi>}
            {change.username && <bdi className='EntraSync__quiet'>{`@${change.username}`}</bdi>}
        </>
    );
}
