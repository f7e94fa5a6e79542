import {FormattedMessage, useIntl} from 'react-intl';

import type {TargetMemberAnswer} from '../../../answers';
import {nameOf} from '../../../i18n/name_of';
import type {Standing} from '../../../sync/lists';

import {PlaceLink} from '../../frame/place_link';
import {FaultNotice} from '../../widgets/fault_notice';
import {Tag, type TagKind} from '../../widgets/tag';
import {ActionName, Person, ReasonAlone, StatusTag} from '../changes/change_words';

const kinds: Record<Standing, TagKind> = {by_rule: 'success', found: 'success', by_hand: 'neutral', no_rule: 'warning', missing: 'warning', left: 'neutral'};

/** What the directory says and what Mattermost has, one row for each user. */
export function MemberTable({members, isBusy}: {members: TargetMemberAnswer[]; isBusy: boolean}) {
    return (
        <div className='EntraSync__scroll'>
            <table className='EntraSync__table' aria-busy={isBusy}>
                <thead>
                    <tr>
                        <th scope='col'><FormattedMessage id='entrasync.changes.person'/></th>
                        <th scope='col'><FormattedMessage id='entrasync.members.directory'/></th>
                        <th scope='col'><FormattedMessage id='entrasync.members.mattermost'/></th>
                        <th scope='col'><FormattedMessage id='entrasync.members.why'/></th>
                    </tr>
                </thead>
                <tbody>{members.map((member) => <MemberRow key={member.account_id} member={member}/>)}</tbody>
            </table>
        </div>
    );
}

function MemberRow({member}: {member: TargetMemberAnswer}) {
    const intl = useIntl();
    const {object_id, standing, is_active, is_admin, is_member} = member;
    const person = <Person change={{...member, reason_params: null}}/>;
    return (
        <tr>
            <th scope='row'>{object_id ? <PlaceLink to={{tab: 'runs', person: object_id}}>{person}</PlaceLink> : person}</th>
            <td>{nameOf(intl, 'directory_says', standing)}</td>
            <td>
                {nameOf(intl, 'mattermost_has', is_admin ? 'admin' : is_member ? 'member' : 'nothing')}
                {!is_active && <> <Tag kind='neutral'>{nameOf(intl, 'account_state', 'deactivated')}</Tag></>}
            </td>
            <td><Why member={member}/></td>
        </tr>
    );
}

function Why({member: {standing, rule, role_rule, change}}: {member: TargetMemberAnswer}) {
    const intl = useIntl();
    return (
        <>
            <Tag kind={kinds[standing] ?? 'neutral'}>{nameOf(intl, 'standing', standing)}</Tag>
            {rule && <span className='EntraSync__below'><FormattedMessage id='entrasync.members.rule' values={{rule: <bdi>{rule}</bdi>}}/></span>}
            {role_rule && <span className='EntraSync__below'><FormattedMessage id='entrasync.members.role_rule' values={{rule: <bdi>{role_rule}</bdi>}}/></span>}
            {change && (
                <div className='EntraSync__below'>
                    <PlaceLink to={{tab: 'runs', run: change.run_id}}><ActionName action={change.action}/></PlaceLink> <StatusTag status={change.status}/>{' '}
                    <ReasonAlone change={change}/>
                    {change.error && <FaultNotice fault={change.error} isUrgent={false}/>}
                </div>
            )}
        </>
    );
}
