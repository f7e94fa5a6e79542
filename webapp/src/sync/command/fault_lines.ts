import type {DescribedFault, Fault} from '../errors';
import {describeFault} from '../messages/describe';
import {code, escapeOwnText, escapeText} from '../messages/markdown';
import {rawText} from '../messages/run_words';
import {translate} from '../messages/translate';

import type {Reader} from './reader';

/** The HTTP API answers faults in the reader's words already. */
function isDescribed(fault: Fault | DescribedFault): fault is DescribedFault {
    return 'message' in fault && typeof fault.message === 'string' && typeof fault.hint === 'string';
}

/**
 * What happened, what to do, and what the other side said. A message may carry somebody else's words; a hint never does
 * (messages/catalogues.test.ts), so addresses in it stay links.
 */
export function faultLines({locale}: Reader, fault: Fault | DescribedFault): string[] {
    const {message, hint} = isDescribed(fault) ? fault : describeFault(fault, locale);
    const lines = [`**${escapeText(message)}** ${escapeOwnText(hint)}`];
    if (fault.params?.suggestion) {
        lines.push(translate(locale, 'command.suggestion', {suggestion: code(String(fault.params.suggestion))}));
    }
    const raw = rawText(fault.raw);
    if (raw !== '') {
        lines.push(translate(locale, 'command.raw', {raw: code(raw)}));
    }
    return lines;
}
