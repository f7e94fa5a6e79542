import {unknownOf, type Person} from '../mapping/person';
import type {Match} from '../match/match';

import type {Decision} from './decision';

/**
 * Unknown is not a value: the one place that decides what may be done about a user of whom the directory did not say something that
 * decides. The user gets no account, neither a new one nor another one's, and loses none. Null if everything is known, and if the user
 * has an active account, which is kept up to date. What is unknown is in `unknownOf`; scope/careful_judge.ts and
 * run/reading/seen_attributes.ts find it out.
 */
export function decideUnknown(person: Person, match: Match): Decision | null {
    const attributes = unknownOf(person);
    const isGiven = match.kind === 'none' || match.kind === 'returned' || (match.kind === 'matched' && match.by !== 'link');
    if (attributes === '' || !isGiven) {
        return null;
    }
    const account = match.kind === 'none' ? null : match.account;
    return {action: 'skip', reason: person.is_enabled === null ? 'sign_in_unknown' : 'scope_unknown', account, params: {attributes}};
}

/** Whether nothing is done because something is unknown. */
export function isAboutUnknown(decision: Decision): boolean {
    return decision.action === 'skip' && (decision.reason === 'sign_in_unknown' || decision.reason === 'scope_unknown');
}
