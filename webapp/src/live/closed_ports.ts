import {serverNow} from '../client';
import {SyncError} from '../sync/errors';
import type {Ports} from '../sync/ports';

/** Replaces the random numbers of a run for a free username, so that the answer does not change while nothing else does. */
const FRACTION = 0.5;

/** The server knows whose users it answers about. */
const ANY_TENANT = '00000000-0000-4000-8000-000000000000';

/** The ports of a preview on the page before it gets those that it may read. Nothing can be written. */
export function closedPorts(): Ports {
    return {
        directory: {
            read_page: refuse, find: refuse, get: refuse, read_delta: refuse, read_group_members: refuse, list_groups: refuse, read_group_delta: refuse, read_user_groups: refuse, existing_groups: refuse,
            read_nested_groups: refuse, probe: refuse, tenant: () => ({id: ANY_TENANT, ids: []}),
        },
        accounts: {
            find: refuse, attribute_fields: refuse, attribute_values: refuse, taken_usernames: refuse, room: refuse, server_rules: refuse, create: refuse, update: refuse, set_active: refuse,
        },
        links: {
            save: refuse, confirm: refuse, list_active: refuse, set_departures: refuse, set_scope_values: refuse,
            tenants: () => ({written: ANY_TENANT, move_to: '', tenants: []}),
            use_tenant: () => undefined,
        },
        memberships: {
            accounts: refuse, targets: refuse, present: refuse, ledger: refuse, created: refuse, taken: refuse,
            join: refuse, leave: refuse, set_admin: refuse, create: refuse, names: refuse, announce: refuse, note: refuse,
            note_unwanted: refuse, save_placements: refuse, recent_leaves: refuse,
        },
        group_trees: {list: refuse, members: refuse, holding: refuse, put: refuse, keep: refuse},
        retries: {list: refuse, save: refuse},
        changes: {record: refuse, record_memberships: refuse, forget_told: refuse, finish: refuse, list_held: refuse, list_recent: refuse, list_open: refuse, finish_held: refuse},
        state: {read: () => ({value: ''}), write: refuse},
        progress: {report: () => undefined},
        clock: {now: () => ({ms: serverNow()})},
        random: {fractions: ({count}) => ({numbers: Array.from({length: count}, () => FRACTION)})},
        log: {write: () => undefined},
    };
}

/** A preview never comes here; were it to, it must not look as if something had been done. */
function refuse(): never {
    throw new SyncError({code: 'internal', raw: {message: 'a preview in the page does not use this port'}});
}
