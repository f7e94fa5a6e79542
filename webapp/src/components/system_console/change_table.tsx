import {FormattedMessage, useIntl} from 'react-intl';

import type {ChangeAnswer} from '../../answers';
import {nameOf} from '../../i18n/name_of';
import {reasonText} from '../../sync/messages/reason';
import {localeOf} from '../../sync/messages/translate';
import type {ChangeStatus} from '../../sync/types';

import {ChangedFields} from './changed_fields';
import {FaultNotice} from './fault_notice';
import {Tag, type TagKind} from './tag';

const kinds: Record<ChangeStatus, TagKind> = {planned: 'info', done: 'success', failed: 'danger', held: 'warning'};

/** One page of changes. Names come from the directory: they are shown as text, isolated from the direction of the text around them. */
export function ChangeTable({changes, isBusy}: {changes: ChangeAnswer[]; isBusy: boolean}) {
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
                <tbody>{changes.map((change) => <ChangeRow key={change.seq} change={change}/>)}</tbody>
            </table>
        </div>
    );
}

function ChangeRow({change}: {change: ChangeAnswer}) {
    const intl = useIntl();
    return (
        <tr>
            <th scope='row'><Person change={change}/></th>
            <td>{nameOf(intl, 'action', change.action)}</td>
            <td><Tag kind={kinds[change.status] ?? 'neutral'}>{nameOf(intl, 'change_status', change.status)}</Tag></td>
            <td><bdi>{reasonText(localeOf(intl.locale), change)}</bdi></td>
            <td>
                {change.error && <FaultNotice fault={change.error} isUrgent={false}/>}
                <ChangedFields action={change.action} fields={change.fields.filter((field) => !isShownWithPerson(change, field))}/>
            </td>
        </tr>
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
