import type {ReactNode} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {ShownFault} from '../../faults';
import {wordsOf} from '../../i18n/fault_words';
import {policyPlaceOf} from '../../i18n/policy_place';

import {Notice, type NoticeKind} from './notice';

interface Props {
    fault: ShownFault;
    kind?: NoticeKind;
    isUrgent?: boolean;

    /** At the field that the path names, so its place is not told. */
    isAtField?: boolean;

    /** A link or button that helps to fix it. */
    action?: ReactNode;
}

/** What happened, what to do, and the response of the remote system. */
export function FaultNotice({fault, kind = 'danger', isUrgent = true, isAtField = false, action}: Props) {
    const words = wordsOf(useIntl(), fault);
    return (
        <Notice kind={kind} title={words.message} isUrgent={isUrgent}>
            {words.hint && <p>{words.hint}</p>}
            {!isAtField && <FaultPlace path={fault.path}/>}
            <RawFault fault={fault} told={words.message}/>
            {action}
        </Notice>
    );
}

/** Where the fault is on the tabs that edit the policy. Of another setting, the message says the name as it is on the page. */
export function FaultPlace({path = ''}: {path: string | undefined}) {
    const place = policyPlaceOf(useIntl(), path);
    return place === '' ? null : <p className='EntraSync__quiet'>{place}</p>;
}

/** The code, status and trace id from Microsoft (or a proxy), for support requests. Its text is left out if `told` contains it. */
export function RawFault({fault: {raw}, told = ''}: {fault: ShownFault; told?: string}) {
    const message = raw?.message && !told.includes(raw.message) ? raw.message : '';
    if (!raw || !(message || raw.code || raw.status || raw.trace_id)) {
        return null;
    }
    return (
        <div className='EntraSync__raw'>
            {message && <p><bdi>{message}</bdi></p>}
            <dl className='EntraSync__facts'>
                {raw.code && <Fact label={<FormattedMessage id='entrasync.raw.code'/>} value={raw.code}/>}
                {raw.status && <Fact label={<FormattedMessage id='entrasync.raw.status'/>} value={String(raw.status)}/>}
                {raw.trace_id && <Fact label={<FormattedMessage id='entrasync.raw.trace_id'/>} value={raw.trace_id}/>}
            </dl>
        </div>
    );
}

function Fact({label, value}: {label: ReactNode; value: string}) {
    return (
        <div>
            <dt>{label}</dt>
            <dd><code>{value}</code></dd>
        </div>
    );
}
