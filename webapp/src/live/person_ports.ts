import {SyncError} from '../sync/errors';
import type {Ports} from '../sync/ports';
import type {Account, AttributeField, Change, DirectoryUser, StoredAttribute} from '../sync/types';

import {lookup} from './lookup';

/** What a preview for one person has seen and planned. */
export interface Overheard {
    accounts: Account[];
    fields: AttributeField[];
    values: StoredAttribute[];
    changes: Change[];
}

/** Stands where a run draws lots for a name that nobody has: the answer shall not change while nothing else does. */
const FRACTION = 0.5;

/**
 * The ports of a preview for one person, whom the newest read of the directory has described: what a run reads of Mattermost is looked
 * up there, what it notes is kept here, and nothing can be written.
 */
export function personPorts(user: DirectoryUser): {ports: Ports; overheard: Overheard} {
    const overheard: Overheard = {accounts: [], fields: [], values: [], changes: []};
    const ports: Ports = {
        directory: {read_page: refuse, find: () => ({users: [user]}), get: refuse, read_delta: refuse, read_group_members: refuse, probe: refuse},
        accounts: {
            find: async (keys) => {
                const found = await lookup<{accounts: Account[]}>('accounts.find', keys);
                overheard.accounts = found.accounts;
                return found;
            },
            attribute_fields: async () => {
                const found = await lookup<{fields: AttributeField[]}>('accounts.attribute_fields', {});
                overheard.fields = found.fields;
                return found;
            },
            attribute_values: async (request) => {
                const found = await lookup<{values: StoredAttribute[]}>('accounts.attribute_values', request);
                overheard.values = found.values;
                return found;
            },
            taken_usernames: (request) => lookup('accounts.taken_usernames', request),

            // Whether the server has room is no question about one person.
            room: () => ({limit: null, active: 0}),
            create: refuse,
            update: refuse,
            set_active: refuse,
        },
        links: {save: refuse, confirm: refuse, list_active: () => ({object_ids: [], total: 0}), mark: refuse},
        retries: {list: () => ({retries: []}), save: refuse},
        changes: {
            record: ({changes}) => void overheard.changes.push(...changes),

            // What the guard says of one change as against no others says nothing.
            finish: () => undefined,
            list_held: refuse,
            settle: refuse,
        },
        state: {read: refuse, write: refuse},
        progress: {report: () => undefined},
        clock: {now: () => ({ms: Date.now()})},
        random: {fractions: ({count}) => ({numbers: Array.from({length: count}, () => FRACTION)})},
        log: {write: () => undefined},
    };
    return {ports, overheard};
}

function refuse(): never {
    throw new SyncError({code: 'internal', raw: {message: 'a preview for one person does not use this port'}});
}
