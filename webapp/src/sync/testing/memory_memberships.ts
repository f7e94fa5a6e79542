import {Bits, type WordPairs} from '../memberships/bits';
import {ledgerStates, type LedgerEntry, type LedgerNote, type MembershipLines, type MembershipTarget} from '../memberships/shapes';
import type {MembershipsPort} from '../ports';
import type {Account, Change, WriteResult} from '../types';

/** What is known about one membership. */
interface Known {
    rule_id: string;
    state: LedgerEntry['state'];
    promoted_by: string;
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

    /** Accounts that no team or channel takes. */
    refused = new Set<string>();

    constructor(private readonly accountsOfServer: () => readonly Account[]) {}

    accounts({object_ids}: {object_ids: string[]}) {
        const active = this.accountsOfServer().filter(({delete_at, is_bot, is_remote}) => delete_at === 0 && !is_bot && !is_remote);
        return {account_ids: object_ids.map((id) => active.find(({linked_object_id}) => linked_object_id === id)?.id ?? '')};
    }

    targets({ids}: {ids: string[]}) {
        return {targets: this.targetsOfServer.filter(({id}) => ids.includes(id))};
    }

    present({account_ids, targets}: {account_ids: string[]; targets: string[]}) {
        return {targets: targets.map((id) => ({
            id, members: pairsOf(account_ids, (account) => this.isIn(this.members, id, account)), admins: pairsOf(account_ids, (account) => this.isIn(this.admins, id, account)),
        }))};
    }

    ledger({account_ids, targets}: {account_ids: string[]; targets: string[]}) {
        return {targets: targets.map((id) => ({id, entries: this.entriesOf(id, account_ids)}))};
    }

    join({target_id, account_ids}: {target_id: string; account_ids: string[]}) {
        const members = this.members.get(target_id) ?? new Set();
        this.members.set(target_id, members);
        return {results: account_ids.map((account_id): WriteResult => {
            if (this.refused.has(account_id)) {
                return {account_id: '', error: {code: 'mattermost_refused'}};
            }
            members.add(account_id);
            return {account_id, error: null};
        })};
    }

    note({notes}: {notes: LedgerNote[]}) {
        for (const {target_id, account_ids, rule_id, state} of notes) {
            for (const account_id of account_ids) {
                const key = `${target_id} ${account_id}`;
                if (state === '') {
                    this.known.delete(key);
                } else {
                    this.known.set(key, {promoted_by: '', ...this.known.get(key), rule_id, state});
                }
            }
        }
    }

    private isIn(sets: ReadonlyMap<string, ReadonlySet<string>>, target_id: string, account_id: string): boolean {
        return sets.get(target_id)?.has(account_id) ?? false;
    }

    private entriesOf(target_id: string, account_ids: string[]): LedgerEntry[] {
        const rules = [...new Set([...this.known.values()].map(({rule_id}) => rule_id))];
        return ledgerStates.flatMap((state) => rules.map((rule_id) => ({rule_id, state, promoted_by: '', users: pairsOf(account_ids, (account) => {
            const known = this.known.get(`${target_id} ${account}`);
            return known?.state === state && known.rule_id === rule_id;
        })})));
    }
}

function pairsOf(account_ids: readonly string[], fits: (account_id: string) => boolean): WordPairs {
    const users = new Bits(account_ids.length);
    account_ids.forEach((id, at) => fits(id) && users.add(at));
    return users.pairs;
}
