import type {IntlShape} from 'react-intl';

import type {PageFaultCode, ShownFault} from '../faults';
import type {Fault} from '../sync/errors';
import {describe} from '../sync/messages/describe';

const pageFaultCodes: PageFaultCode[] = ['server_unreachable', 'answer_invalid', 'plugin_unavailable', 'session_ended'];

/** What happened and what to do: as the server described it, else from the catalogue. `hint` may be ''. */
export function wordsOf(intl: IntlShape, fault: ShownFault): {message: string; hint: string} {
    if (fault.message) {
        return {message: fault.message, hint: fault.hint ?? ''};
    }
    if (isPageFault(fault.code)) {
        return {
            message: intl.formatMessage({id: `entrasync.fault.${fault.code}.message`}),
            hint: intl.formatMessage({id: `entrasync.fault.${fault.code}.hint`}),
        };
    }
    const [words] = describe({locale: intl.locale, faults: [fault as Fault]}).faults;
    return words as {message: string; hint: string};
}

function isPageFault(code: string): code is PageFaultCode {
    return (pageFaultCodes as string[]).includes(code);
}
