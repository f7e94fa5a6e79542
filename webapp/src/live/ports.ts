import type {MembershipLines} from '../sync/memberships/shapes';
import type {Ports} from '../sync/ports';
import type {Change, ChangeOutcome, DirectoryUser} from '../sync/types';

import {closedPorts} from './closed_ports';
import {membershipPorts} from './membership_ports';
import type {ServerAnswers} from './server_answers';

/** People on one page of the directory; the sync logic reports after each. */
const PAGE_SIZE = 5000;

/** Spreads numbers evenly, the same at each evaluation: a shown plan must not change while nothing else does. */
const GOLDEN_RATIO = 0.6180339887498949;

interface Outside {
    users: DirectoryUser[];
    answers: ServerAnswers;

    /** Takes the lines of the plan. */
    record(changes: Change[]): void;

    /** Takes the lines about teams and channels. */
    recordMemberships(lines: MembershipLines[]): void;

    /** Takes what is said of lines later: of those that do not fit on the server. */
    finish(outcomes: ChangeOutcome[]): void;

    /** Called repeatedly; throws if the plan is no longer wanted. */
    report(): Promise<void>;
}

/** The outside of a preview in the page: the directory as it was read last, and what the server answers when asked. Nothing is written. */
export function livePorts({users, answers, record, recordMemberships, finish, report}: Outside): Ports {
    let drawn = 0;
    const closed = closedPorts();
    return {
        ...closed,
        directory: {
            ...closed.directory,
            read_page: ({cursor}) => pageOf(users, Number(cursor || 0)),
            get: ({ids}) => usersWith(users, ids),
            read_group_members: (request) => answers.ask('directory.read_group_members', request),
            list_groups: (request) => answers.ask('directory.list_groups', request),
        },
        memberships: membershipPorts(answers),
        accounts: {
            ...closed.accounts,
            find: (keys) => answers.accounts.find(keys),
            taken_usernames: ({names}) => answers.accounts.takenUsernames(names),
            room: () => answers.ask('accounts.room', {}),
            server_rules: () => answers.ask('accounts.server_rules', {}),
            attribute_fields: () => answers.ask('accounts.attribute_fields', {}),
            attribute_values: (request) => answers.ask('accounts.attribute_values', request),
        },
        links: {...closed.links, list_active: (request) => answers.ask('links.list_active', request)},
        retries: {...closed.retries, list: () => answers.ask('retries.list', {})},
        changes: {
            ...closed.changes,
            record: ({changes}) => {
                record(changes);
                return {known: []};
            },
            record_memberships: ({lines}) => recordMemberships(lines),
            finish: ({outcomes}) => finish(outcomes),
            list_recent: (request) => answers.ask('changes.list_recent', request),

            // The server takes no null: without a list, it answers for all users.
            list_open: ({filter, object_ids}) => answers.ask('changes.list_open', object_ids ? {filter, object_ids} : {filter}),
        },
        progress: {report},
        random: {fractions: ({count}) => ({numbers: Array.from({length: count}, () => (++drawn * GOLDEN_RATIO) % 1)})},
    };
}

/** Those of the read users who have one of these ids. */
export function usersWith(users: readonly DirectoryUser[], ids: readonly string[]): {users: DirectoryUser[]} {
    const wanted = new Set(ids);
    return {users: users.filter(({id}) => wanted.has(id))};
}

function pageOf(users: DirectoryUser[], start: number) {
    const end = start + PAGE_SIZE;
    return {users: users.slice(start, end), next: end < users.length ? String(end) : ''};
}
