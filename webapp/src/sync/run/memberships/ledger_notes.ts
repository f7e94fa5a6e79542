import {groupBy} from '../../group_by';
import type {Bits} from '../../memberships/bits';
import type {LedgerNote, UnwantedNote} from '../../memberships/shapes';
import {ruleOf} from '../../memberships/target_facts';

import type {RunContext} from '../context/run_context';
import type {MembershipPlan} from './plan';
import type {PlannedTarget} from './planned';

/** Notes that are written with one statement. */
const NOTES_AT_ONCE = 200;

/**
 * Notes in the ledger what the run has seen: members whom others have added, memberships that others have ended, and since when no rule
 * wants a membership. Only full reads are evidence, so other runs note nothing about what is unwanted.
 */
export async function noteSeen({targets, users}: MembershipPlan, is_full: boolean, {ports, now}: RunContext): Promise<void> {
    const accountsOf = (list: readonly number[]) => list.map((user) => users.account_ids[user]!);
    const known = targets.filter(({target}) => target.id !== '');
    const notes = known.filter(({target}) => target.kind !== 'system_role').flatMap((planned) => seenIn(planned, accountsOf));
    const unwanted = is_full ? known.flatMap((planned) => unwantedIn(planned, accountsOf, now)) : [];
    for (let start = 0; start < notes.length; start += NOTES_AT_ONCE) {
        await ports.memberships.note({notes: notes.slice(start, start + NOTES_AT_ONCE)});
    }
    for (let start = 0; start < unwanted.length; start += NOTES_AT_ONCE) {
        await ports.memberships.note_unwanted({notes: unwanted.slice(start, start + NOTES_AT_ONCE)});
    }
}

type AccountsOf = (users: readonly number[]) => string[];

function seenIn({target, wanted, plan, handed_over, handed_over_roles}: PlannedTarget, accountsOf: AccountsOf): LedgerNote[] {
    const byRule = (set: Bits, as_admin = false) => [...groupBy(set.list(), (user) => ruleOf(wanted, user, as_admin))].
        map(([rule_id, users]) => ({target_id: target.id, account_ids: accountsOf(users), rule_id}));
    return [
        ...byRule(handed_over_roles, true).map((note): LedgerNote => ({...note, promoted_by: note.rule_id})),
        ...[...byRule(plan.note_found), ...byRule(plan.note_back)].map((note): LedgerNote => ({...note, state: 'found'})),
        ...byRule(plan.note_ended).map((note): LedgerNote => ({...note, state: 'ended', promoted_by: ''})),
        ...byRule(handed_over).map((note): LedgerNote => ({...note, state: 'added'})),
    ];
}

function unwantedIn({target, wanted, plan}: PlannedTarget, accountsOf: AccountsOf, now: number): UnwantedNote[] {
    const remover = wanted.rules.find(({removal}) => removal === 'everyone') ?? wanted.rules[0];
    const noteOf = (set: Bits, role: UnwantedNote['role'], since: number): UnwantedNote[] => (
        set.isEmpty ? [] : [{target_id: target.id, account_ids: accountsOf(set.list()), rule_id: remover?.rule_id ?? '', role, since}]);
    return [
        ...noteOf(plan.note_unwanted, 'member', now), ...noteOf(plan.note_wanted, 'member', 0),
        ...noteOf(plan.note_role_unwanted, 'admin', now), ...noteOf(plan.note_role_wanted, 'admin', 0),
    ];
}
