import type {DirectoryGroup} from '../../group_types';
import type {Directory} from '../../ports';

/** How deep groups are followed, and how many are asked for one user: an administrator waits for the answer. */
const MAX_DEPTH = 10;
const MAX_QUESTIONS = 40;

export type PathReader = Pick<Directory, 'read_nested_groups' | 'read_user_groups'>;

/**
 * Finds through which nested groups one user is in a group, from the group down: of the groups directly in it, one that the user is in leads
 * on. Each step costs two questions, so a path is as cheap as it is short, and no group is entered twice, so circles end.
 */
export class GroupPaths {
    private questions = 0;
    private readonly nested = new Map<string, Awaited<ReturnType<Directory['read_nested_groups']>>>();

    constructor(private readonly object_id: string, private readonly directory: PathReader) {}

    /** The names of the groups from `group_id`, in which the user is, to the one that has the user as a member; it ends with `…` where it is not known. */
    async to(group_id: string): Promise<string[]> {
        const names: string[] = [];
        const entered = new Set<string>();
        for (let next: DirectoryGroup | null = {id: group_id, name: ''}; next; ) {
            entered.add(next.id.toLowerCase());
            if (entered.size > MAX_DEPTH || this.questions >= MAX_QUESTIONS) {
                return [...names, '…'];
            }
            const {name, groups} = await this.within(next.id);
            names.push(name || next.name || next.id);
            next = await this.oneWithUser(groups.filter(({id}) => !entered.has(id.toLowerCase())));
        }
        return names;
    }

    private async within(group_id: string) {
        const known = this.nested.get(group_id);
        if (known) {
            return known;
        }
        this.questions++;
        const read = await this.directory.read_nested_groups({group_id});
        this.nested.set(group_id, read);
        return read;
    }

    private async oneWithUser(groups: readonly DirectoryGroup[]): Promise<DirectoryGroup | null> {
        if (groups.length === 0) {
            return null;
        }
        this.questions++;
        const {users: [user]} = await this.directory.read_user_groups({object_ids: [this.object_id], among: groups.map(({id}) => id.toLowerCase())});
        const within = new Set(user?.groups);
        return groups.find(({id}) => within.has(id.toLowerCase())) ?? null;
    }
}
