import type {Account, ConfirmedAccount, DirectoryPage, DirectoryUser} from '../types';

/** How users were described when their accounts were confirmed, in memory (on the server: server/job/ports/fingerprints.go). */
export class MemoryFingerprints {

    /** How each user was described in the current run, and when the account was confirmed. */
    private readonly read = new Map<string, string>();
    private readonly confirmed = new Map<string, {updated_at: number; as: string}>();

    confirm(accounts: readonly ConfirmedAccount[]): void {
        accounts.filter(({object_id}) => this.read.has(object_id)).
            forEach(({object_id, updated_at}) => this.confirmed.set(object_id, {updated_at, as: this.read.get(object_id)!}));
    }

    /** Leaves out the users who are described as when their account was confirmed, as the host does. */
    compare(users: DirectoryUser[], policy_digest: string, stored: readonly Account[]): Omit<DirectoryPage, 'next'> {
        if (policy_digest === '') {
            this.read.clear();
            return {users, unchanged: [], same: []};
        }
        users.forEach((user) => this.read.set(user?.id, policy_digest + JSON.stringify(user)));
        const isSame = ({id}: DirectoryUser) => this.confirmed.get(id)?.as === this.read.get(id);
        const isUntouched = ({id}: DirectoryUser) => stored.some(({linked_object_id, updated_at, delete_at, departure}) => (
            linked_object_id === id && updated_at === this.confirmed.get(id)?.updated_at && delete_at === 0 && !departure));
        const people = users.filter((user) => user && users.filter((other) => other?.id === user.id).length === 1 && isSame(user));
        const unchanged = people.filter(isUntouched).map(({id}) => id);
        return {
            users: users.filter((user) => !unchanged.includes(user?.id)),
            unchanged,
            same: people.map(({id}) => id).filter((id) => !unchanged.includes(id)),
        };
    }
}
