import {FormattedMessage, useIntl} from 'react-intl';

import type {MappedPerson} from '../../live/map_person';
import {localeOf} from '../../sync/messages/locale';
import {reasonAlone} from '../../sync/report/reason';
import {FaultNotice} from '../widgets/fault_notice';

import type {Mapped} from './use_mapped';

/** What a sync would do for the selected user, announced when it changes. */
export function MappedSummary({mapped: {person, fault, isLoading, isFaulty}}: {mapped: Mapped}) {
    return (
        <>
            <p role='status' className='EntraSync__outcome' aria-busy={isLoading}>
                {isFaulty ? <FormattedMessage id='entrasync.person.faulty'/> :
                    person ? <Outcome person={person}/> :
                        isLoading && <FormattedMessage id='entrasync.loading'/>}
            </p>
            {person && person.unread.length > 0 && (
                <p className='help-text'>
                    <FormattedMessage id='entrasync.person.unread' values={{count: person.unread.length, attributes: <code>{person.unread.join(', ')}</code>}}/>
                </p>
            )}
            {fault && <FaultNotice fault={fault}/>}
        </>
    );
}

function Outcome({person: {decision, username, fields}}: {person: MappedPerson}) {
    const locale = localeOf(useIntl().locale);
    if (!decision) {
        return <FormattedMessage id='entrasync.person.gone'/>;
    }
    const values = {count: fields.filter(({is_written}) => is_written).length, username: <bdi>{`@${username}`}</bdi>};
    switch (decision.action) {
    case 'create':
        return <FormattedMessage id='entrasync.person.created'/>;
    case 'update':
        return <FormattedMessage id='entrasync.person.updated' values={values}/>;
    case 'reactivate':
        return <FormattedMessage id='entrasync.person.reactivated' values={values}/>;
    default: {
        const until = Number(decision.params?.until ?? 0);
        const offset_minutes = -new Date(until).getTimezoneOffset();
        const reason = reasonAlone(locale, {reason: decision.reason, reason_params: decision.params}, {offset_minutes});
        const id = decision.action === 'deactivate' ? 'entrasync.person.deactivated' : 'entrasync.person.untouched';
        return <FormattedMessage id={id} values={{reason: <bdi>{reason}</bdi>}}/>;
    }
    }
}
