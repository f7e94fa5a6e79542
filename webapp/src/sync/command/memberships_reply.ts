import type {Explanation} from '../memberships/explanation';
import {faultLines} from '../messages/fault_lines';
import {escapeText} from '../messages/markdown';
import {translate} from '../messages/translate';
import {explainedWords, userNotes} from '../report/explanation';

import type {Reader} from './reader';

/** Teams and channels that a reply lists; the page has all of them. */
const SHOWN = 15;

/** Why the user is in each team and channel of the rules, or is not. Nothing where there are no rules. */
export function membershipLines({locale, offsetMinutes}: Reader, explanation: Partial<Explanation>): string[] {
    const {targets = [], more = 0, fault = null, account_id = '', in_scope = true, stays_out = true} = explanation;
    if (targets.length + more === 0 && !fault) {
        return [];
    }
    const left = more + Math.max(0, targets.length - SHOWN);
    return [
        `- **${translate(locale, 'command.memberships')}:** ${userNotes(locale, {account_id, in_scope}).join('; ')}`.trim(),
        ...targets.slice(0, SHOWN).map((target) => {
            const {name, state, reasons} = explainedWords(locale, target, {stays_out}, {offset_minutes: offsetMinutes, escape: escapeText});
            return `  - ${name}: **${state}**; ${reasons.join('; ')}`;
        }),
        ...(left > 0 ? [`  - ${translate(locale, 'command.memberships_more', {count: left})}`] : []),
        ...(fault ? faultLines(locale, fault).map((line) => `  ${line}`) : []),
    ];
}
