/** What the directory says about groups, and what runs keep of it. JSON names are snake_case. */

/** A group by its object id and its name. */
export interface DirectoryGroup {
    id: string;
    name: string;
}

/** One page of groups. */
export interface GroupPage {
    groups: DirectoryGroup[];

    /** '' on the last page. */
    next: string;
}

/** A group that was created, changed or removed, or whose direct members have changed: the object ids of users who joined or left, and of groups that joined. */
export interface ChangedGroup {
    id: string;
    removed: boolean;
    joined: string[];
    left: string[];
    nested: string[];
}

/** `next` is '' on the last page, and `delta` on all others. */
export interface GroupDeltaPage {
    groups: ChangedGroup[];
    next: string;
    delta: string;
}

/** The groups of one user, nested ones included, among those that were asked for; in lower case. */
export interface UserGroups {
    object_id: string;
    groups: string[];
}

/** The name of a group, and the groups directly in it. */
export interface NestedGroups {
    name: string;
    groups: DirectoryGroup[];
}

/** What runs keep of a group of the policy: the users in it and in groups within it, and these groups; object ids in lower case. */
export interface GroupTree {
    group_id: string;
    members: string[];
    nested: string[];
}
