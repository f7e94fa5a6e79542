import type {Fault} from '../../errors';
import {Bits} from '../../memberships/bits';
import type {Explanation} from '../../memberships/explanation';
import type {ForEachValue} from '../../memberships/places';
import {groupsOfPlacements, makePlacer} from '../../memberships/placement';
import {targetRules} from '../../memberships/target_rules';
import {wantedTargets, type WantedTarget} from '../../memberships/wanted';
import {objectIdOf} from '../../object_id';
import {parsePolicy} from '../../policy/parse';
import type {Policy} from '../../policy/policy';
import type {Ports} from '../../ports';
import {makeCarefulJudge} from '../../scope/careful_judge';
import {groupsOfScope} from '../../scope/groups';
import type {DirectoryUser} from '../../types';

import {findUser} from '../find_user';
import {directoryAttributes} from '../reading/attributes';
import {readSeen} from '../reading/seen_attributes';
import {explainTargets} from './explain_targets';
import {membersOf, readGroupsOfUser, type GroupsOfUser} from './groups_of_user';

interface ExplainInput {

    /** What was typed: see `findUser`. */
    user: string;

    /** The raw text of the setting. */
    policy: string;
}

export type ExplainPorts = Pick<Ports, 'directory' | 'accounts' | 'memberships' | 'state'>;

/**
 * The bundle's function `explain_user`: why one user is in the targets of the rules, or is not, as things are now. It asks the directory about
 * this user only, and writes nothing.
 */
export async function explainUser({user, policy: text}: ExplainInput, ports: ExplainPorts): Promise<{explanation: Explanation | null; fault: Fault | null}> {
    const {policy, faults} = parsePolicy(text);
    if (!policy) {
        return {explanation: null, fault: faults[0] ?? {code: 'policy_invalid'}};
    }
    const found = await findUser({user}, ports);
    if (found.fault) {
        return {explanation: null, fault: found.fault};
    }
    const {users: [person]} = await ports.directory.find({user: found.user, select: directoryAttributes(policy)});
    return person ? {explanation: await explain(person, policy, ports), fault: null} : {explanation: null, fault: {code: 'person_not_found', params: {user}}};
}

async function explain(person: DirectoryUser, policy: Policy, ports: ExplainPorts): Promise<Explanation> {
    const object_id = objectIdOf(person.id);
    const rules = targetRules(policy).filter(({enabled}) => enabled);
    const groups = await readGroupsOfUser(object_id, policy, rules, ports);
    const seen = await readSeen(ports);
    const in_scope = isInScope(person, policy, groups, new Set(seen.unknown));
    const {account_ids: [account_id = '']} = await ports.memberships.accounts({object_ids: [object_id], keep: []});
    const {targets: created} = await ports.memberships.created();
    const values = created.map(({value_key, value_text}): ForEachValue => ({key: value_key, text: value_text}));
    const placement = makePlacer(rules, membersOf(groups, groupsOfPlacements(rules).map(({group}) => group), object_id), new Set(seen.unknown))(person);
    const wanted = wantedTargets(rules, {
        object_ids: [object_id],
        placements: [placement],
        membersOf: (group) => groups.within && one(groups.within.has(group.toLowerCase())),
        groupsStartingWith: (prefix) => groups.byPrefix.get(prefix) ?? null,
        values,
    });
    const decided = in_scope === true ? [...wanted.values()] : [...wanted.values()].map((target) => without(target, in_scope === null));
    const ids = new Map(created.map(({place, target_id}) => [place, target_id]));
    const {targets, more} = await explainTargets({object_id, account_id, placement, groups, rules, wanted: decided, idOf: ({key, id}) => id || (ids.get(key) ?? '')}, ports);
    return {
        object_id, display_name: person.displayName ?? '', account_id, in_scope, stays_out: policy.memberships.rejoin === 'respect', targets, more, fault: groups.fault,
    };
}

function isInScope(person: DirectoryUser, {scope}: Policy, groups: GroupsOfUser, unread: ReadonlySet<string>): boolean | null {
    const named = groupsOfScope(scope).map(({group}) => group);
    if (named.length > 0 && !groups.within) {
        return null;
    }
    const verdict = makeCarefulJudge(scope, membersOf(groups, named, objectIdOf(person.id)), unread)(person);
    return verdict.unknown ? null : verdict.in;
}

/** The target for a user who is out of scope, or about whom that is unknown: no rule applies. */
function without(target: WantedTarget, isUnknown: boolean): WantedTarget {
    return {...target, rules: target.rules.map((rule) => ({...rule, users: one(false)})), unknown: one(isUnknown)};
}

function one(is: boolean): Bits {
    const bits = new Bits(1);
    if (is) {
        bits.add(0);
    }
    return bits;
}

