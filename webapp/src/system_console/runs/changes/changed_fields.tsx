import {FormattedMessage, useIntl} from 'react-intl';

import type {ChangeAnswer} from '../../../answers';
import {nameOf} from '../../../i18n/name_of';

import {Icon} from '../../widgets/icon';

/** The fields of a change: what a new account gets, or each value before and after. */
export function ChangedFields({action, fields}: Pick<ChangeAnswer, 'action' | 'fields'>) {
    const intl = useIntl();
    if (fields.length === 0) {
        return null;
    }
    return (
        <dl className='EntraSync__facts'>
            {fields.map(({field, name, from, to, shortened, refused}) => (
                <div key={name ?? field}>
                    <dt>{name === undefined ? nameOf(intl, 'field', field) : <bdi>{name}</bdi>}</dt>
                    <dd>
                        {action !== 'create' && (
                            <>
                                <del><Value text={from}/></del>
                                {' '}<Icon name='to' size={14}/>{' '}
                            </>
                        )}
                        <ins><Value text={to}/></ins>
                        {shortened && <small>{' ('}<FormattedMessage id='entrasync.field.shortened'/>{')'}</small>}
                        {refused && <small>{' ('}<FormattedMessage id='entrasync.field.refused'/>{': '}<bdi>{refused}</bdi>{')'}</small>}
                    </dd>
                </div>
            ))}
        </dl>
    );
}

function Value({text}: {text: string}) {
    return text === '' ? <em><FormattedMessage id='entrasync.changes.empty_value'/></em> : <bdi>{text}</bdi>;
}
