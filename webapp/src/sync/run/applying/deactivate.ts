import type {Ports} from '../../ports';
import {DEACTIVATING, type Departure, type UserDeparture} from '../../types';

import {NOT_MISSING, presentAmong} from './absence';
import type {Recorder, TaskOf} from './tasks';

/** Deactivates the accounts of users who left, and remembers that the sync did it. */
export class Deactivator {
    constructor(private readonly ports: Ports) {}

    async deactivate(tasks: TaskOf<'deactivate'>[], record: Recorder): Promise<void> {
        const present = await presentAmong(tasks.filter(({needs_check}) => needs_check).map(({object_id}) => object_id), this.ports);
        tasks.filter(({object_id}) => present.has(object_id)).forEach((task) => record(task, {account_id: '', error: NOT_MISSING}));
        const gone = tasks.filter(({object_id}) => !present.has(object_id));
        if (gone.length === 0) {
            return;
        }

        // Saved before the deactivation: if the run ended in between, the deactivation would look like an administrator's.
        await this.ports.links.set_departures({departures: gone.map(({object_id, departure}) => ({object_id, ...departure, deactivated_at: DEACTIVATING}))});
        const {results} = await this.ports.accounts.set_active({accounts: gone.map(({account_id, planned}) => ({account_id, planned})), active: false});
        const departures = gone.map(({object_id, departure, needs_check}, at): UserDeparture => (
            results[at]!.error ? {object_id, ...departure} : {object_id, ...(needs_check ? departure : withoutAbsences(departure)), deactivated_at: results[at]!.delete_at}));
        await this.ports.links.set_departures({departures});
        gone.forEach((task, at) => record(task, results[at]!));
    }
}

/** Reads of a user who was there, but out of scope, do not prove later that the user is gone and the account may move. */
function withoutAbsences(departure: Departure): Departure {
    return {...departure, absent_reads: 0, counted_at: 0};
}
