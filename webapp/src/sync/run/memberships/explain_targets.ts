import {Bits, type WordPairs} from '../../memberships/bits';
import type {ExplainedRule, ExplainedTarget, RuleCause} from '../../memberships/explanation';
import type {Place} from '../../memberships/places';
import {placementFrom} from '../../memberships/placement';
import type {LedgerEntry, MembershipTarget} from '../../memberships/shapes';
import type {WantedTarget} from '../../memberships/wanted';
import type {TargetRule} from '../../memberships/target_rules';
import type {Ports} from '../../ports';

import {GroupPaths} from './group_paths';
import type {GroupsOfUser} from './groups_of_user';
import {nameOfPlace} from './place_names';

/** Targets that are listed although the user neither is nor should be in them. */
const MOST_LISTED = 100;

interface Asked {
    object_id: string;
    account_id: string;
    placement: string;
    groups: GroupsOfUser;
    rules: readonly TargetRule[];
    wanted: readonly WantedTarget[];
    idOf(place: Place): string;
}

/** The targets of the rules with what Mattermost and the ledger have of the user: first those in which the user is or should be. */
export async function explainTargets(asked: Asked, {memberships, directory}: Pick<Ports, 'memberships' | 'directory'>): Promise<{targets: ExplainedTarget[]; more: number}> {
    const {account_id, wanted, idOf} = asked;
    const ids = wanted.map(({place}) => idOf(place)).filter((id) => id !== '');
    const accounts = {account_ids: [account_id], targets: ids};
    const {targets: found} = await memberships.targets({ids});
    const {targets: present} = account_id === '' ? {targets: []} : await memberships.present(accounts);
    const {targets: ledger} = account_id === '' ? {targets: []} : await memberships.ledger(accounts);
    const paths = new GroupPaths(asked.object_id, directory);
    const nameOf = new Map(asked.rules.map(({id, name}) => [id, name]));
    const explained: ExplainedTarget[] = [];
    let more = 0;
    for (const each of wanted) {
        const id = idOf(each.place);
        const there = present.find((target) => target.id === id);

        // Every account is a member of a system role; its admins are those who have it.
        const members = each.place.kind === 'system_role' ? there?.admins : there?.members;
        const is = (pairs: WordPairs | undefined) => new Bits(1, pairs).has(0);
        const entry = ledger.find((target) => target.id === id)?.entries.find(({users}) => new Bits(1, users).has(0));
        const isWanted = each.rules.some(({users}) => users.has(0));
        const isUnknown = !isWanted && each.unknown.has(0);
        if (!isWanted && !isUnknown && !entry && !is(members) && (explained.length >= MOST_LISTED || (each.place.create !== null && id === ''))) {
            more += id === '' ? 0 : 1;
            continue;
        }
        const target = found.find((one) => one.id === id);
        explained.push({
            ...namesOf(each.place, target, found, idOf),
            is_member: is(members),
            is_admin: is(there?.admins),
            wanted: isWanted ? 'yes' : isUnknown ? 'unknown' : 'no',
            role: isWanted ? wantedRole(each) : '',
            rules: await rulesOf(each, asked, paths),
            ledger: entry ? ledgerOf(entry, is(there?.admins), (rule) => nameOf.get(rule) ?? rule) : null,
        });
    }
    return {targets: sorted(explained), more};
}

/** A role that someone has taken away since is no longer the sync's. */
function ledgerOf({state, rule_id, promoted_by, unwanted_since}: LedgerEntry, isAdmin: boolean, nameOf: (rule: string) => string): ExplainedTarget['ledger'] {
    return {state, rule: nameOf(rule_id), role_rule: isAdmin ? nameOf(promoted_by) : '', unwanted_since};
}

function wantedRole({rules}: WantedTarget): ExplainedTarget['role'] {
    return rules.some(({role, users}) => role === 'admin' && users.has(0)) ? 'admin' : 'member';
}

function sorted(targets: ExplainedTarget[]): ExplainedTarget[] {
    const rank = ({is_member, wanted, ledger}: ExplainedTarget) => (is_member || wanted === 'yes' ? 0 : wanted === 'unknown' || ledger ? 1 : 2);
    return targets.map((target, at) => ({target, at})).sort((a, b) => rank(a.target) - rank(b.target) || a.at - b.at).map(({target}) => target);
}

function namesOf(place: Place, target: MembershipTarget | undefined, found: readonly MembershipTarget[], idOf: (place: Place) => string) {
    const team = place.team && found.find(({id}) => id === idOf(place.team!));
    return {
        kind: place.kind,
        id: target ? target.id : '',
        name: target?.display_name ?? nameOfPlace(place),
        team_name: place.team ? team?.display_name ?? nameOfPlace(place.team) : '',
        is_archived: target?.is_archived ?? false,
    };
}

async function rulesOf({rules, place}: WantedTarget, asked: Asked, paths: GroupPaths): Promise<ExplainedRule[]> {
    const explained: ExplainedRule[] = [];
    for (const {rule_id, role, users} of rules) {
        const rule = asked.rules.find(({id}) => id === rule_id)!;
        const applies = users.has(0);
        explained.push({id: rule_id, name: rule.name, role, applies, causes: applies ? await causesOf(rule, place, asked, paths) : []});
    }
    return explained;
}

async function causesOf({id, who, for_each}: TargetRule, place: Place, {groups, placement}: Asked, paths: GroupPaths): Promise<RuleCause[]> {
    const causes: RuleCause[] = [];
    if (who && 'groups' in who) {
        const group = who.groups.find((one) => groups.within?.has(one.toLowerCase()));
        causes.push({kind: 'group', path: group ? await paths.to(group) : []});
    } else if (who) {
        causes.push({kind: 'when' in who ? 'condition' : 'everyone'});
    }
    if (for_each && 'attribute' in for_each) {
        causes.push({kind: 'value', attribute: for_each.attribute, value: placementFrom(placement).rules[id] ?? ''});
    } else if (for_each) {
        const group = groupOf(place);
        causes.push({kind: 'group', path: group ? await paths.to(group) : []});
    }
    return causes;
}

/** The group for which the place is (`valueOfGroup`), or ''. */
function groupOf({create, team}: Place): string {
    const key = create?.value.key || team?.create?.value.key || '';
    return key.startsWith('# ') ? key.slice(2) : '';
}
