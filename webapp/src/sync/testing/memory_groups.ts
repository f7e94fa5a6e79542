import {SyncError} from '../errors';
import type {ChangedGroup, GroupTree} from '../group_types';
import type {Directory, GroupTreesPort} from '../ports';
import type {DirectoryUser} from '../types';

import {copy} from './memory_rows';

type Groups = Record<string, string[]>;

type GroupReads = Pick<Directory, 'read_group_members' | 'list_groups' | 'read_group_delta' | 'read_user_groups' | 'existing_groups' | 'read_nested_groups'>;

/** What a test's directory has at one moment. */
interface State {
    groups: Groups;
    names: Record<string, string>;
}

/** The groups of a directory in memory: their names, their direct members, users and groups alike, and what has changed. */
export class MemoryGroups {

    /** By the groups' object ids. */
    names: Record<string, string> = {};

    private readonly rounds: State[] = [];

    /** `groups` are the direct members by group, `size` is that of pages. */
    constructor(private readonly outside: {groups: () => Groups; users: () => readonly DirectoryUser[]; size: () => number; enter: (port: string) => void}) {}

    readonly reads: GroupReads = {
        read_group_members: ({group_id, cursor}) => {
            this.outside.enter('directory.read_group_members');
            const within = [...this.within(group_id)];
            const {items, next} = this.page(within, cursor);
            const groups = this.outside.groups();
            return {ids: items.filter((id) => !(id in groups)), groups: items.filter((id) => id in groups), next};
        },
        list_groups: ({prefix, cursor}) => {
            this.outside.enter('directory.list_groups');
            const named = Object.entries(this.names).filter(([id, name]) => id in this.outside.groups() && name.toLowerCase().startsWith(prefix.toLowerCase())).map(([id, name]) => ({id, name}));
            const {items, next} = this.page(named, cursor);
            return {groups: items, next};
        },
        read_group_delta: ({cursor}) => {
            this.outside.enter('directory.read_group_delta');
            const before = cursor === '' ? this.state() : this.rounds[Number(/^groups-(\d+)$/.exec(cursor)?.[1])];
            if (!before) {
                throw new SyncError({code: 'resync_required'});
            }
            const now = this.state();
            return {groups: changesBetween(before, now), next: '', delta: `groups-${this.rounds.push(now) - 1}`};
        },
        read_user_groups: ({object_ids, among}) => {
            this.outside.enter('directory.read_user_groups');
            const known = object_ids.filter((id) => this.outside.users().some((user) => user.id === id));
            return {users: known.map((object_id) => ({object_id, groups: among.filter((group) => group in this.outside.groups() && this.within(group).has(object_id))}))};
        },
        read_nested_groups: ({group_id}) => {
            this.outside.enter('directory.read_nested_groups');
            const groups = this.outside.groups();
            const nested = (groups[group_id] ?? []).filter((id) => id in groups);
            return {name: this.names[group_id] ?? '', groups: nested.map((id) => ({id, name: this.names[id] ?? ''}))};
        },
        existing_groups: ({ids}) => {
            this.outside.enter('directory.existing_groups');
            return {ids: ids.filter((id) => id in this.outside.groups())};
        },
    };

    /** What is in a group and in the groups within it. */
    private within(group_id: string): Set<string> {
        const groups = this.outside.groups();
        if (!(group_id in groups)) {
            throw new SyncError({code: 'group_not_found'});
        }
        const found = new Set<string>();
        const waiting = [group_id];
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
            (groups[next] ?? []).filter((id) => !found.has(id)).forEach((id) => {
                found.add(id);
                waiting.push(id);
            });
        }
        return found;
    }

    private page<T>(all: readonly T[], cursor: string): {items: T[]; next: string} {
        const start = Number(cursor || 0);
        const end = start + this.outside.size();
        return {items: all.slice(start, end), next: end < all.length ? String(end) : ''};
    }

    private state(): State {
        return {groups: copy(this.outside.groups()), names: {...this.names}};
    }
}

function changesBetween(before: State, now: State): ChangedGroup[] {
    const removed = Object.keys(before.groups).filter((id) => !(id in now.groups)).map((id): ChangedGroup => ({id, removed: true, joined: [], left: [], nested: []}));
    const changed = Object.entries(now.groups).flatMap(([id, members]): ChangedGroup[] => {
        const was = before.groups[id];
        const joined = members.filter((member) => !was?.includes(member));
        const left = (was ?? []).filter((member) => !members.includes(member));
        const isChanged = !was || joined.length > 0 || left.length > 0 || before.names[id] !== now.names[id];
        const isUser = (member: string) => !(member in now.groups) && !(member in before.groups);
        return isChanged ? [{id, removed: false, joined: joined.filter(isUser), left: left.filter(isUser), nested: joined.filter((member) => !isUser(member))}] : [];
    });
    return [...removed, ...changed];
}

/** Trees of groups that runs keep. */
export class MemoryGroupTrees implements GroupTreesPort {
    readonly kept = new Map<string, GroupTree>();
    private waiting = new Map<string, GroupTree>();

    constructor(private readonly enter: (port: string) => void, private readonly write: (value: string) => void) {}

    list() {
        this.enter('group_trees.list');
        return {trees: [...this.kept.values()].map(({group_id, nested}) => ({group_id, nested}))};
    }

    members({group_id}: {group_id: string}) {
        this.enter('group_trees.members');
        return {members: this.kept.get(group_id)?.members ?? null};
    }

    holding({object_ids}: {object_ids: string[]}) {
        this.enter('group_trees.holding');
        const users = object_ids.map((object_id) => ({object_id, groups: [...this.kept.values()].filter(({members}) => members.includes(object_id)).map(({group_id}) => group_id)}));
        return {users: users.filter(({groups}) => groups.length > 0)};
    }

    put(tree: GroupTree): void {
        this.enter('group_trees.put');
        this.waiting.set(tree.group_id, copy(tree));
    }

    keep({value, needed}: {value: string; needed: string[] | null}): void {
        this.enter('group_trees.keep');
        this.waiting.forEach((tree, group_id) => this.kept.set(group_id, tree));
        [...this.kept.keys()].filter((id) => needed && !needed.includes(id)).forEach((id) => this.kept.delete(id));
        this.waiting = new Map();
        this.write(value);
    }
}
