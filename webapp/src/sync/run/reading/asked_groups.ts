import {SyncError, type Fault} from '../../errors';
import type {Directory} from '../../ports';
import {isObjectId} from '../../object_id';
import {GroupMembers} from '../../scope/group_members';

import {ifPossible, isListOfIds} from './group_members';
import {groupsOfPrefixes, readStarting, type ReadGroups, type RunGroups, type StartingGroups} from './run_groups';
import {neededGroups, type GroupNaming, type NeededGroups} from './needed_groups';

/** Users whose groups are asked for at once. */
const USERS_AT_ONCE = 500;

/** The groups that a run knows about without having read their members. */
interface KnownGroups {
    needed: NeededGroups;
    starting: StartingGroups;

    /** The groups that can be read, of all that the policy names. */
    readable: ReadonlySet<string>;

    /** Which groups could not be read, and why: those of conditions, and those of rules. */
    faults: {conditions: readonly Fault[]; rules: readonly Fault[]};
}

/** In which groups other answers have these users, by object id. */
type Expectation = (object_ids: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>;

const expectNothing: Expectation = async () => new Map();

/**
 * The groups of the few users that a run is about, asked for user by user: as true as a full read for these users, however large the groups
 * are.
 */
export class AskedGroups implements RunGroups {
    readonly deciding = new GroupMembers();
    readonly faults: readonly Fault[];
    private readonly members = new Map<string, Set<string>>();
    private readonly asked = new Set<string>();
    private readonly answered = new Set<string>();

    /** Users whose answer lacks a group that has them: it is unknown which of the two is right. */
    private readonly missed = new Set<string>();

    /** `expect` says in which groups other answers have the users. */
    constructor(private readonly known: KnownGroups, private readonly directory: Pick<Directory, 'read_user_groups'>, private readonly expect: Expectation = expectNothing) {
        const {needed: {scope, conditions}, readable, faults} = known;
        this.faults = faults.conditions;
        readable.forEach((group) => this.members.set(group, new Set()));
        [...scope, ...conditions].filter(({group}) => readable.has(group)).forEach(({group}) => this.deciding.add(group, []));
    }

    async know(object_ids: readonly string[]): Promise<void> {
        const ids = [...new Set(object_ids.map((id) => id.toLowerCase()))].filter((id) => isObjectId(id) && !this.asked.has(id));
        ids.forEach((id) => this.asked.add(id));
        for (let start = 0; start < ids.length && this.members.size > 0; start += USERS_AT_ONCE) {
            await this.ask(ids.slice(start, start + USERS_AT_ONCE));
        }
    }

    knows(object_id: string): boolean {
        return this.members.size === 0 || this.answered.has(object_id.toLowerCase());
    }

    /** Whether the directory has answered about the user, also if another answer contradicts it. */
    hasAnswered(object_id: string): boolean {
        return this.answered.has(object_id) || this.missed.has(object_id);
    }

    /** Whether a user is in a group, by the answer about the user. */
    isIn(group: string, object_id: string): boolean {
        return this.members.get(group)?.has(object_id) === true;
    }

    async ofRules(): Promise<ReadGroups> {
        const {starting, faults} = this.known;
        return {
            membersOf: (group_id) => {
                const members = this.members.get(group_id.toLowerCase());
                return members ? [...members] : null;
            },
            groupsStartingWith: (prefix) => starting.get(prefix) ?? null,
            faults: faults.rules,
        };
    }

    private async ask(object_ids: string[]): Promise<void> {
        const {users} = await this.directory.read_user_groups({object_ids, among: [...this.members.keys()]});
        if (!Array.isArray(users) || !users.every(({object_id, groups}) => isObjectId(object_id) && isListOfIds(groups))) {
            throw new SyncError({code: 'directory_answer_invalid'});
        }
        users.forEach(({object_id, groups}) => groups.forEach((group) => this.add(group.toLowerCase(), object_id.toLowerCase())));
        const expected = await this.expect(object_ids);
        const isMissed = (id: string) => expected.get(id)?.some((group) => this.members.has(group) && !this.isIn(group, id)) === true;
        users.map(({object_id}) => object_id.toLowerCase()).forEach((id) => (isMissed(id) ? this.missed : this.answered).add(id));
    }

    private add(group: string, id: string): void {
        this.members.get(group)?.add(id);
        if (this.deciding.has(group)) {
            this.deciding.add(group, [id]);
        }
    }
}

/**
 * The groups of a run about few users. A group that does not exist is not one without members: throws if the scope names it, else it is
 * unknown.
 */
export async function openAskedGroups(policy: GroupNaming, directory: Directory): Promise<AskedGroups> {
    const needed = neededGroups(policy);
    const {scope, conditions, others, prefixes} = needed;
    const faults = {conditions: [] as Fault[], rules: [] as Fault[]};
    const starting = await readStarting(prefixes, directory, faults.rules);
    const named = [...scope, ...conditions, ...others];
    const ids = named.map(({group}) => group);
    const read = async () => new Set(ids.length === 0 ? [] : (await directory.existing_groups({ids})).ids.map((id) => id.toLowerCase()));
    const existing = scope.length > 0 ? await read() : await ifPossible(read, (fault) => (conditions.length > 0 ? faults.conditions : faults.rules).push(fault));
    named.filter(({group}) => existing && !existing.has(group)).forEach(({group, path}) => {
        const fault: Fault = {code: 'group_not_found', params: {group}, path};
        if (scope.some((one) => one.group === group)) {
            throw new SyncError(fault);
        }
        (conditions.some((one) => one.group === group) ? faults.conditions : faults.rules).push(fault);
    });
    const ofPrefixes = groupsOfPrefixes(prefixes, starting, new Set(existing ?? [])).map(({group}) => group);
    return new AskedGroups({needed, starting, readable: new Set([...(existing ?? []), ...ofPrefixes]), faults}, directory);
}
