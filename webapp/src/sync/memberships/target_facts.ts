import type {MembershipsPolicy} from '../policy/memberships';

import {Bits} from './bits';
import {decideTarget, type TargetFacts, type TargetPlan} from './decide';
import type {LedgerEntry, PresentMembers} from './shapes';
import type {WantedTarget} from './wanted';

/** What Mattermost and the ledger have of one target, for the users of a run. */
export interface Present {
    members: PresentMembers | undefined;
    ledger: readonly LedgerEntry[];
}

/** What a run does about a target, given who should be in it and who is. */
export function planTarget(wanted: WantedTarget, present: Present, size: number, {rejoin}: Pick<MembershipsPolicy, 'rejoin'>): TargetPlan {
    const removes_everyone = wanted.rules.some(({removal}) => removal === 'everyone');
    return decideTarget(factsOf(wanted, present, size), {rejoin, removes_everyone});
}

function factsOf({rules, unknown}: WantedTarget, {members, ledger}: Present, size: number): TargetFacts {
    const none = () => new Bits(size);
    const united = (list: readonly Bits[]) => list.reduce((all, users) => all.addAll(users), none());
    const usersOf = (fits: (entry: LedgerEntry) => boolean) => united(ledger.filter(fits).map(({users}) => new Bits(size, users)));
    const inForce = new Set(rules.map(({rule_id}) => rule_id));
    const removing = new Set(rules.filter(({removal}) => removal !== 'never').map(({rule_id}) => rule_id));
    const present = new Bits(size, members?.members);
    const isAdded = ({state}: LedgerEntry) => state === 'added' || state === 'adding';
    const adding = usersOf(({state}) => state === 'adding').andNot(present);
    return {
        wanted: united(rules.map(({users}) => users)),
        wanted_admins: united(rules.filter(({role}) => role === 'admin').map(({users}) => users)),
        unknown,
        members: present,
        admins: new Bits(size, members?.admins),
        
        // A user whom a run was about to add, and who is no member, was not added.
        added: usersOf(isAdded).andNot(adding),
        found: usersOf(({state}) => state === 'found'),
        ended: usersOf(({state}) => state === 'ended'),
        promoted: usersOf(({promoted_by}) => inForce.has(promoted_by)),
        removable: usersOf((entry) => isAdded(entry) && removing.has(entry.rule_id)),
    };
}

/** The rule that a line about a user names: the first of the policy that wants the user in the target. */
export function ruleOf({rules}: WantedTarget, user: number): string {
    return rules.find(({users}) => users.has(user))?.rule_id ?? '';
}
