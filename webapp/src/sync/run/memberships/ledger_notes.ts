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
    const accountsOf = (set: Bits) => set.list().map((user) => users.account_ids[user]!);
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

type AccountsOf = (set: Bits) => string[];

function seenIn(planned: PlannedTarget, accountsOf: AccountsOf): LedgerNote[] {
    const {target: {id: target_id}, plan, handed_over} = planned;
    const notesOf = (set: Bits, state: LedgerNote['state']) => byRule(planned, set).map(([rule_id, users]): LedgerNote => ({target_id, account_ids: accountsOf(users), rule_id, state}));
    const roles = byRule(planned, planned.handed_over_roles, true).map(([rule_id, users]): LedgerNote => ({target_id, account_ids: accountsOf(users), rule_id, promoted_by: rule_id}));
    return [...roles, ...notesOf(plan.note_found, 'found'), ...notesOf(plan.note_back, 'found'), ...notesOf(plan.note_ended, 'ended').map((note) => ({...note, promoted_by: ''})), ...notesOf(handed_over, 'added')];
}

/** The users of a set by the first rule that wants them; '' for those whom no rule wants. */
function byRule({wanted}: PlannedTarget, set: Bits, as_admin = false): Array<[string, Bits]> {
    const rest = set.list();
    const ids = [...new Set(rest.map((user) => ruleOf(wanted, user, as_admin)))];
    return ids.map((rule_id) => {
        const users = set.andNot(set);
        rest.filter((user) => ruleOf(wanted, user, as_admin) === rule_id).forEach((user) => users.add(user));
        return [rule_id, users];
    });
}

function unwantedIn({target, wanted, plan}: PlannedTarget, accountsOf: AccountsOf, now: number): UnwantedNote[] {
    const remover = wanted.rules.find(({removal}) => removal === 'everyone') ?? wanted.rules[0];
    const noteOf = (set: Bits, role: UnwantedNote['role'], since: number): UnwantedNote[] => (
        set.isEmpty ? [] : [{target_id: target.id, account_ids: accountsOf(set), rule_id: remover?.rule_id ?? '', role, since}]);
    return [
        ...noteOf(plan.note_unwanted, 'member', now), ...noteOf(plan.note_wanted, 'member', 0),
        ...noteOf(plan.note_role_unwanted, 'admin', now), ...noteOf(plan.note_role_wanted, 'admin', 0),
    ];
}
