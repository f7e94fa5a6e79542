import type {Fault} from '../../errors';
import type {Ports} from '../../ports';
import {DEACTIVATING, type UserDeparture} from '../../types';

import type {Recorder, TaskOf} from './tasks';

/** A read of the directory lacked a user that the directory returns by id. */
const NOT_MISSING: Fault = {code: 'directory_incomplete', raw: {message: 'the read of the directory lacked this user, but the directory has the user'}};

/** Deactivates the accounts of users who left, and remembers that the sync did it. */
export class Deactivator {
    constructor(private readonly ports: Ports) {}

    async deactivate(tasks: TaskOf<'deactivate'>[], record: Recorder): Promise<void> {
        const present = await this.present(tasks.filter(({needs_check}) => needs_check));
        tasks.filter(({object_id}) => present.has(object_id)).forEach((task) => record(task, {account_id: '', error: NOT_MISSING}));
        const gone = tasks.filter(({object_id}) => !present.has(object_id));
        if (gone.length === 0) {
            return;
        }

        // Saved before the deactivation: if the run ended in between, the deactivation would look like an administrator's.
        await this.ports.links.set_departures({departures: gone.map(({object_id, departure}) => ({object_id, ...departure, deactivated_at: DEACTIVATING}))});
        const {results} = await this.ports.accounts.set_active({accounts: gone.map(({account_id, planned}) => ({account_id, planned})), active: false});
        const departures = gone.map(({object_id, departure}, at): UserDeparture => (
            {object_id, ...departure, deactivated_at: results[at]!.error ? 0 : results[at]!.delete_at}));
        await this.ports.links.set_departures({departures});
        gone.forEach((task, at) => record(task, results[at]!));
    }

    /** The users that a read lacked but the directory has: a page can be lost without a trace. */
    private async present(tasks: TaskOf<'deactivate'>[]): Promise<Set<string>> {
        if (tasks.length === 0) {
            return new Set();
        }
        const {users} = await this.ports.directory.get({ids: tasks.map(({object_id}) => object_id), select: ['id']});
        return new Set(users.map(({id}) => id));
    }
}
