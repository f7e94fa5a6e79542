import {specialRoles} from '../lifecycle/privileged';
import {Bits, type WordPairs} from '../memberships/bits';
import type {Fault} from '../errors';
import type {
    CreatedTarget, LedgerEntry, LedgerNote, MemberAccounts, MembershipLines, MembershipTarget, NewTarget, TargetAccounts, TargetName, UnwantedNote,
} from '../memberships/shapes';
import type {MembershipsPort} from '../ports';
import type {Account, Change, WriteResult} from '../types';

/** What is known about one membership. */
interface Known {
    rule_id: string;
    state: LedgerEntry['state'];
    promoted_by: string;
    unwanted_since: number;
    role_unwanted_since: number;
}

/** The lines of the history, each with what the account has. */
export function membershipChanges({first_seq, action, reason, reason_params, object_ids, account_ids}: MembershipLines, accounts: readonly Account[]): Change[] {
    return object_ids.map((object_id, at) => {
        const account_id = account_ids[at]!;
        const {email = '', username = ''} = accounts.find(({id}) => id === account_id) ?? {};
        return {seq: first_seq + at, object_id, account_id, email, username, display_name: username, action, status: 'planned', reason, reason_params, fields: [], error: null};
    });
}

/** Teams and channels in memory: who is in them, and the ledger. */
export class MemoryMemberships implements MembershipsPort {
    targetsOfServer: MembershipTarget[] = [];

    /** Account ids by target id. */
    readonly members = new Map<string, Set<string>>();
    readonly admins = new Map<string, Set<string>>();

    /** By `target account`. */
    readonly known = new Map<string, Known>();

    /** What the links remember, by object id. */
    readonly placements = new Map<string, string>();

    /** How many users left a target in the window, by its id. */
    readonly recent = new Map<string, number>();

    /** Accounts that no team or channel takes. */
    refused = new Set<string>();

    /** Faults of targets: nothing can be written to them. */
    readonly faults = new Map<string, Fault>();

    /** What the sync has created. */
    readonly createdTargets: CreatedTarget[] = [];

    /** The language of the server. */
    locale = 'en';

    /** The posts of the bot. */
    readonly posts: Array<{target_id: string; text: string}> = [];

    /** Ports in the order of their calls, each with its target. */
    readonly calls: string[] = [];

    constructor(private readonly accountsOfServer: () => readonly Account[]) {}

    accounts({object_ids, keep}: {object_ids: string[]; keep: string[]}): MemberAccounts {
        const active = this.accountsOfServer().filter(({delete_at, is_bot, is_remote}) => delete_at === 0 && !is_bot && !is_remote);
        const accounts = object_ids.map((id) => active.find(({linked_object_id}) => linked_object_id === id));
        const account_ids = accounts.map((account) => account?.id ?? '');
        const isKept = ({id, username, email}: Account) => keep.some((name) => [id, username.toLowerCase(), email.toLowerCase()].includes(name));
        return {
            account_ids,
            placements: object_ids.map((id) => this.placements.get(id) ?? ''),
            guests: pairsAt(accounts, ({roles}) => roles.includes('system_guest')),
            kept: pairsAt(accounts, (account) => specialRoles(account).length > 0 || isKept(account)),
        };
    }

    save_placements({placements}: {placements: Array<{placement: string; object_ids: string[]}>}) {
        const isLinked = (id: string) => this.accountsOfServer().some(({linked_object_id}) => linked_object_id === id);
        placements.forEach(({placement, object_ids}) => object_ids.filter(isLinked).forEach((id) => this.placements.set(id, placement)));
    }

    note_unwanted({notes}: {notes: UnwantedNote[]}) {
        for (const {target_id, account_ids, rule_id, role, since} of notes) {
            for (const account_id of account_ids) {
                const key = `${target_id} ${account_id}`;
                const known = this.known.get(key) ?? {...NOTHING_KNOWN, rule_id, state: 'found'};
                this.known.set(key, {...known, [role === 'admin' ? 'role_unwanted_since' : 'unwanted_since']: since});
            }
        }
    }

    recent_leaves() {
        return {targets: [...this.recent].map(([id, users]) => ({id, users}))};
    }

    targets({ids}: {ids: string[]}) {
        const count = (sets: ReadonlyMap<string, ReadonlySet<string>>, id: string) => sets.get(id)?.size ?? 0;
        return {targets: this.targetsOfServer.filter(({id}) => ids.includes(id)).map((target) => (
            {...target, members: target.members + count(this.members, target.id), admins: target.admins + count(this.admins, target.id)}))};
    }

    present({account_ids, targets}: {account_ids: string[]; targets: string[]}) {
        return {targets: targets.map((id) => ({
            id, members: pairsOf(account_ids, (account) => this.isIn(this.members, id, account)), admins: pairsOf(account_ids, (account) => this.isIn(this.admins, id, account)),
        }))};
    }

    ledger({account_ids, targets}: {account_ids: string[]; targets: string[]}) {
        return {targets: targets.map((id) => ({id, entries: this.entriesOf(id, account_ids)}))};
    }

    join({target_id, account_ids}: TargetAccounts) {
        this.calls.push(`join ${target_id}`);
        return this.writeAll(target_id, account_ids, (account_id) => setOf(this.members, target_id).add(account_id));
    }

    leave({target_id, account_ids}: TargetAccounts) {
        this.calls.push(`leave ${target_id}`);
        const channels = this.targetsOfServer.filter(({team_id}) => team_id === target_id).map(({id}) => id);
        return this.writeAll(target_id, account_ids, (account_id) => [target_id, ...channels].forEach((id) => {
            this.members.get(id)?.delete(account_id);
            this.admins.get(id)?.delete(account_id);
        }));
    }

    set_admin({target_id, account_ids, is_admin}: TargetAccounts & {is_admin: boolean}) {
        this.calls.push(`${is_admin ? 'promote' : 'demote'} ${target_id}`);
        const admins = setOf(this.admins, target_id);
        return this.writeAll(target_id, account_ids, (account_id) => (is_admin ? admins.add(account_id) : admins.delete(account_id)));
    }

    create({place, value_key, value_text, kind, team_id, name, display_name}: NewTarget): {id: string; error: Fault | null} {
        this.calls.push(`create ${place}`);
        const known = this.createdTargets.find((target) => target.place === place);
        if (known) {
            return {id: known.target_id, error: null};
        }
        if (this.isTaken({kind, team_id, name})) {
            return {id: '', error: {code: 'target_name_taken'}};
        }
        const id = `created${String(this.createdTargets.length + 1).padStart(19, '0')}`;
        const team_name = this.targetsOfServer.find((team) => team.id === team_id)?.display_name ?? '';
        this.targetsOfServer.push({
            id, kind, team_id, team_name, name, display_name, is_archived: false, is_group_constrained: false, is_access_controlled: false, is_default_channel: false,
            members: 0, admins: 0, room: kind === 'team' ? 1000 : null,
        });
        this.createdTargets.push({place, value_key, value_text, target_id: id});
        return {id, error: null};
    }

    created() {
        return {targets: this.createdTargets};
    }

    taken({names}: {names: TargetName[]}) {
        return {taken: names.map((name) => this.isTaken(name))};
    }

    names({account_ids}: {account_ids: string[]}) {
        return {usernames: account_ids.map((id) => this.accountsOfServer().find((account) => account.id === id)?.username ?? ''), locale: this.locale};
    }

    announce({target_id, text}: {target_id: string; text: string}) {
        this.posts.push({target_id, text});
    }

    note({notes}: {notes: LedgerNote[]}) {
        for (const {target_id, account_ids, rule_id, state, promoted_by} of notes) {
            for (const account_id of account_ids) {
                const key = `${target_id} ${account_id}`;
                const known: Known = this.known.get(key) ?? {...NOTHING_KNOWN, rule_id, state: 'found'};
                if (state === '') {
                    this.known.delete(key);
                } else {
                    this.known.set(key, {...known, ...(state && {rule_id, state}), ...(promoted_by !== undefined && {promoted_by})});
                }
            }
        }
    }

    private writeAll(target_id: string, account_ids: readonly string[], write: (account_id: string) => unknown): {results: WriteResult[]} {
        return {results: account_ids.map((account_id): WriteResult => {
            const error: Fault | null = this.faults.get(target_id) ?? (this.refused.has(account_id) ? {code: 'mattermost_refused'} : null);
            if (!error) {
                write(account_id);
            }
            return {account_id: error ? '' : account_id, error};
        })};
    }

    private isTaken({kind, team_id, name}: TargetName): boolean {
        return this.targetsOfServer.some((target) => target.kind === kind && target.team_id === team_id && target.name === name);
    }

    private isIn(sets: ReadonlyMap<string, ReadonlySet<string>>, target_id: string, account_id: string): boolean {
        return sets.get(target_id)?.has(account_id) ?? false;
    }

    private entriesOf(target_id: string, account_ids: string[]): LedgerEntry[] {
        const alike = new Map<string, {known: Known; ids: Set<string>}>();
        account_ids.forEach((account) => {
            const known = this.known.get(`${target_id} ${account}`);
            if (known) {
                const key = JSON.stringify(known);
                alike.set(key, alike.get(key) ?? {known, ids: new Set()});
                alike.get(key)!.ids.add(account);
            }
        });
        return [...alike.values()].map(({known, ids}) => ({...known, users: pairsOf(account_ids, (account) => ids.has(account))}));
    }

}

function setOf(sets: Map<string, Set<string>>, id: string): Set<string> {
    const known = sets.get(id) ?? new Set();
    sets.set(id, known);
    return known;
}

const NOTHING_KNOWN = {promoted_by: '', unwanted_since: 0, role_unwanted_since: 0};

function pairsAt<T>(list: ReadonlyArray<T | undefined>, fits: (one: T) => boolean): WordPairs {
    const set = new Bits(list.length);
    list.forEach((one, at) => one && fits(one) && set.add(at));
    return set.pairs;
}

function pairsOf(account_ids: readonly string[], fits: (account_id: string) => boolean): WordPairs {
    const users = new Bits(account_ids.length);
    account_ids.forEach((id, at) => fits(id) && users.add(at));
    return users.pairs;
}
