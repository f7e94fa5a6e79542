import {isUnwantedProved, type UnwantedEvidence} from '../lifecycle/evidence';
import type {MembershipsPolicy} from '../policy/memberships';

import {Bits} from './bits';
import {decideTarget, type TargetFacts, type TargetPlan} from './decide';
import type {LedgerEntry, PresentMembers} from './shapes';
import type {WantedTarget} from './wanted';

/** The users of a run, as far as every target needs to know them. */
export interface RunUsers {
    size: number;
    active: Bits;
    guests: Bits;
    kept: Bits;
}

/** What Mattermost and the ledger have of one target, for the users of a run. */
export interface Present {
    members: PresentMembers | undefined;
    ledger: readonly LedgerEntry[];
}

/** What a run does about a target, given who should be in it and who is. */
export function planTarget(
    wanted: WantedTarget, present: Present, users: RunUsers, {rejoin}: Pick<MembershipsPolicy, 'rejoin'>, evidence: UnwantedEvidence,
): TargetPlan {
    return decideTarget(factsOf(wanted, present, users, evidence), {rejoin, removes_everyone: removesEveryone(wanted)});
}

/** Whether a rule for the target removes users whom the sync did not add. */
export function removesEveryone({rules}: WantedTarget): boolean {
    return rules.some(({removal}) => removal === 'everyone');
}

/** The users whom the sync added to a target, members or not. */
export function addedTo({ledger}: Present, size: number): Bits {
    return usersOf(ledger, size, isAdded);
}

/**
 * Members whom a rule wants, and whom the sync added for a rule that is gone, or in a run that was cut off before it could say so: the rule that
 * wants them answers for them from now on.
 */
export function handedOver({rules}: WantedTarget, {members, ledger}: Present, size: number): Bits {
    const inForce = new Set(rules.map(({rule_id}) => rule_id));
    const orphans = usersOf(ledger, size, (entry) => entry.state === 'adding' || (isAdded(entry) && !inForce.has(entry.rule_id)));
    return orphans.and(new Bits(size, members?.members)).and(unite(rules.map(({users}) => users), size));
}

/** Admins whom a rule wants as such, and whom the sync made admins for a rule that is gone: likewise. */
export function handedOverRoles({rules}: WantedTarget, {members, ledger}: Present, size: number): Bits {
    const inForce = new Set(rules.map(({rule_id}) => rule_id));
    const orphans = usersOf(ledger, size, ({promoted_by}) => promoted_by !== '' && !inForce.has(promoted_by));
    return orphans.and(new Bits(size, members?.admins)).and(unite(rules.filter(({role}) => role === 'admin').map(({users}) => users), size));
}

function factsOf({rules, unknown}: WantedTarget, {members, ledger}: Present, {size, active, guests, kept}: RunUsers, evidence: UnwantedEvidence): TargetFacts {
    const entries = (fits: (entry: LedgerEntry) => boolean) => usersOf(ledger, size, fits);
    const removing = new Set(rules.filter(({removal}) => removal !== 'never').map(({rule_id}) => rule_id));
    const present = new Bits(size, members?.members);
    const adding = entries(({state}) => state === 'adding').andNot(present);
    const proved = (since: number) => isUnwantedProved(since, evidence);
    const provedOf = (fits: (entry: LedgerEntry) => boolean) => (evidence.asks_admin ? active : entries(fits));
    return {
        wanted: unite(rules.map(({users}) => users), size),
        wanted_admins: unite(rules.filter(({role}) => role === 'admin').map(({users}) => users), size),
        unknown,
        active,
        guests,
        kept,
        members: present,
        admins: new Bits(size, members?.admins),

        // A user whom a run was about to add, and who is no member, was not added.
        added: entries(isAdded).andNot(adding),
        found: entries(({state}) => state === 'found'),
        ended: entries(({state}) => state === 'ended'),
        promoted: entries(({promoted_by}) => removing.has(promoted_by)),
        removable: entries((entry) => isAdded(entry) && removing.has(entry.rule_id)),
        seen_unwanted: entries(({unwanted_since}) => unwanted_since !== 0),
        proved_unwanted: provedOf(({unwanted_since}) => proved(unwanted_since)),
        seen_role_unwanted: entries(({role_unwanted_since}) => role_unwanted_since !== 0),
        proved_role_unwanted: provedOf(({role_unwanted_since}) => proved(role_unwanted_since)),
    };
}

function isAdded({state}: LedgerEntry): boolean {
    return state === 'added' || state === 'adding';
}

function usersOf(ledger: readonly LedgerEntry[], size: number, fits: (entry: LedgerEntry) => boolean): Bits {
    return unite(ledger.filter(fits).map(({users}) => new Bits(size, users)), size);
}

function unite(list: readonly Bits[], size: number): Bits {
    return list.reduce((all, users) => all.addAll(users), new Bits(size));
}

/**
 * The rule that a line about a user names and the ledger remembers: the first of the policy that wants the user in the target, as an admin if
 * `as_admin`. One that removes no one comes first, so that the order of the rules never decides whether the user leaves later.
 */
export function ruleOf({rules}: WantedTarget, user: number, as_admin = false): string {
    const wanting = rules.filter(({role, users}) => users.has(user) && (!as_admin || role === 'admin'));
    return (wanting.find(({removal}) => removal === 'never') ?? wanting[0])?.rule_id ?? '';
}
