import type {DescribedFault, Fault} from '../errors';

import {describeFault} from './describe';
import {code, escapeOwnText, escapeText} from './markdown';
import {rawText} from './run_words';
import {type Locale, translate} from './translate';

/** The HTTP API already answers faults in the reader's language. */
function isDescribed(fault: Fault | DescribedFault): fault is DescribedFault {
    return 'message' in fault && typeof fault.message === 'string' && typeof fault.hint === 'string';
}

/**
 * A fault in Markdown: what happened, what to do, and the response of the remote system. A message may contain external text. A
 * hint never does (catalogues.test.ts), so its addresses stay links.
 */
export function faultLines(locale: Locale, fault: Fault | DescribedFault): string[] {
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
