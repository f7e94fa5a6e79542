import type {Ports} from '../sync/ports';
import type {Account, AttributeField, Change, DirectoryUser, StoredAttribute} from '../sync/types';

import {closedPorts} from './closed_ports';
import {lookup} from './lookup';
import {usersWith} from './ports';

/** What a preview for one user has read and planned. */
export interface Overheard {
    accounts: Account[];
    fields: AttributeField[];
    values: StoredAttribute[];
    changes: Change[];
}

/**
 * The ports of a preview for one user of the newest read of the directory: what a run reads from Mattermost is looked
 * up there, what it notes is kept here, and nothing can be written.
 */
export function personPorts(user: DirectoryUser, users: readonly DirectoryUser[]): {ports: Ports; overheard: Overheard} {
    const overheard: Overheard = {accounts: [], fields: [], values: [], changes: []};
    const closed = closedPorts();
    const ports: Ports = {
        ...closed,
        directory: {...closed.directory, find: () => ({users: [user]}), get: ({ids}) => usersWith(users, ids)},
        accounts: {
            ...closed.accounts,
            find: async (keys) => {
                const found = await lookup<{accounts: Account[]}>('accounts.find', keys);
                overheard.accounts.push(...found.accounts);
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

            server_rules: () => lookup('accounts.server_rules', {}),

            // Whether the server has room does not matter for one user.
            room: () => ({limit: null, active: 0}),
        },
        links: {...closed.links, list_active: () => ({object_ids: [], total: 0, linked: 0})},
        retries: {...closed.retries, list: () => ({retries: []})},
        changes: {
            ...closed.changes,
            record: ({changes}) => {
                overheard.changes.push(...changes);
                return {known: []};
            },

            // The guard compares many changes, so its result for a single one means nothing.
            finish: () => undefined,
            list_recent: () => ({changes: []}),
            list_open: () => ({changes: []}),
        },
    };
    return {ports, overheard};
}
