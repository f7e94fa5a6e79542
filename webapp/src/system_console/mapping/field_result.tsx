import type {ReactNode} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {MappedField} from '../../live/map_person';
import {nameOf} from '../../i18n/name_of';
import {Icon} from '../widgets/icon';

/** The result for one field of the selected user: before and after, or why it does not change. */
export function FieldResult({result}: {result: MappedField | undefined}) {
    const intl = useIntl();
    if (!result) {
        return <Quiet><FormattedMessage id='entrasync.result.none'/></Quiet>;
    }
    const {field, now, made, after, is_written, is_shortened, refused, fault} = result;
    return (
        <>
            {is_written ? (
                <>
                    {now !== null && <><del><Value text={now}/></del>{' '}<Icon name='to' size={14}/>{' '}</>}
                    <ins><Value text={after ?? ''}/></ins>
                </>
            ) : now !== null && <Value text={now}/>}
            {!is_written && refused === '' && fault === '' && <Stays field={field} now={now} made={made}/>}
            {is_shortened && <Quiet><FormattedMessage id='entrasync.field.shortened'/></Quiet>}
            {refused !== '' && <Quiet><FormattedMessage id='entrasync.result.refused' values={{value: <bdi>{refused}</bdi>}}/></Quiet>}
            {fault !== '' && <Quiet>{nameOf(intl, 'reason', fault)}{made && <>{': '}<bdi>{made}</bdi></>}</Quiet>}
        </>
    );
}

/** Why the account keeps what it has. */
function Stays({field, now, made}: Pick<MappedField, 'field' | 'now' | 'made'>) {
    if (made === null) {
        return <Quiet><FormattedMessage id='entrasync.result.unread'/></Quiet>;
    }
    if (made === (now ?? '')) {
        return now === null ? <Value text=''/> : <Quiet><FormattedMessage id='entrasync.result.same'/></Quiet>;
    }
    if (field === 'auth_data') {
        return <Quiet><FormattedMessage id='entrasync.result.sign_in'/></Quiet>;
    }
    return <Quiet><FormattedMessage id='entrasync.result.stays' values={{value: <Value text={made}/>}}/></Quiet>;
}

function Value({text}: {text: string}) {
    return text === '' ? <em><FormattedMessage id='entrasync.changes.empty_value'/></em> : <bdi>{text}</bdi>;
}

function Quiet({children}: {children: ReactNode}) {
    return <small className='EntraSync__quiet EntraSync__rule'>{children}</small>;
}
