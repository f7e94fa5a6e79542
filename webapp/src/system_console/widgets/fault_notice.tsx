import type {ReactNode} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {ShownFault} from '../../faults';
import {wordsOf} from '../../i18n/fault_words';

import {Notice, type NoticeKind} from './notice';

interface Props {
    fault: ShownFault;
    kind?: NoticeKind;
    isUrgent?: boolean;

    /** At the field that the path names, so the path is not repeated. */
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
            {!isAtField && <FaultPath path={fault.path}/>}
            <RawFault fault={fault} told={words.message}/>
            {action}
        </Notice>
    );
}

/** Where in the policy's JSON the fault is. Of another setting, the message says the name as it is on the page. */
export function FaultPath({path}: {path: string | undefined}) {
    return path?.startsWith('Policy') ? <p><code>{path}</code></p> : null;
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
