import {SyncError} from '../../errors';
import {mapperFor} from '../../match/other_emails';
import type {Policy} from '../../policy/policy';
import type {Ports} from '../../ports';
import {makeJudge, type Judge} from '../../scope/judge';
import type {DirectoryPage, DirectoryUser} from '../../types';

import {directoryAttributes} from './attributes';
import type {RunProgress} from '../context/progress';
import {ahead} from './ahead';
import {readMemberships} from './memberships';
import {PageTrail} from './page_trail';
import {People} from './people';

/** The most that Graph gives at once. */
const PAGE_SIZE = 999;

/** People who are asked for by id at once. */
const IDS_AT_ONCE = 500;

/** Reads the whole directory page by page. Throws unless it was read to its end. */
export async function readDirectory(policy: Policy, ports: Ports, progress: RunProgress): Promise<People> {
    const version = versionOf(policy);
    const people = new People(policy);
    const judge = makeJudge(policy.scope, await readMemberships(policy.scope, ports.directory));
    const select = directoryAttributes(policy);
    const trail = new PageTrail({
        repeated: 'the directory sent a link that it had sent before', idle: 'the directory sends page after page without anybody new'});
    const read = (cursor: string) => ahead(() => ports.directory.read_page({cursor, select, top: PAGE_SIZE, version}));
    let cursor = '';
    let pending = read(cursor);
    do {
        const page = await pending;
        checkPage(page);
        if (page.next !== '') {
            pending = read(page.next);
        }
        const before = people.directory;
        page.unchanged?.forEach((id) => people.addUnchanged(id));
        page.same?.forEach((id) => people.same.add(id));
        addAll(people, page.users, judge);
        trail.follow(cursor, page.next, people.directory > before);
        cursor = page.next;
        await reportRead(people, progress);
    } while (cursor !== '');
    people.is_complete = true;
    return people;
}

/** Reads the one person that the run is limited to. */
export async function readOne(user: string, policy: Policy, ports: Ports, progress: RunProgress): Promise<People> {
    const mapper = mapperFor(policy);
    const people = new People(policy);
    const {users} = await ports.directory.find({user, select: directoryAttributes(policy)});
    const judge = makeJudge(policy.scope, await readMemberships(policy.scope, ports.directory));
    addAll(people, users, judge);
    people.outsiders = users.filter((user) => isPerson(user) && !judge(user).in).map(mapper);
    if (people.directory === 0) {
        throw new SyncError({code: 'person_not_found', params: {user}});
    }
    people.is_single = true;
    people.is_ambiguous = people.directory > 1;
    await reportRead(people, progress);
    return people;
}

/** Reads people by their object ids, as they are now; those whom the directory does not have are left out. `report` is called as it goes on. */
export async function readByIds(
    ids: readonly string[], policy: Policy, judge: Judge, ports: Ports, report?: (people: People) => Promise<void>,
): Promise<People> {
    const people = new People(policy);
    const select = directoryAttributes(policy);
    for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
        const {users} = await ports.directory.get({ids: ids.slice(start, start + IDS_AT_ONCE), select});
        users.forEach((user) => people.add(user, judge(user)));
        await report?.(people);
    }
    return people;
}

/** Adds whoever is a person; a directory may repeat itself. */
function addAll(people: People, users: DirectoryUser[], judge: Judge): void {
    users.forEach((user) => {
        if (isPerson(user)) {
            people.add(user, judge(user));
        }
    });
}

/**
 * The policy decides, and the host knows who is in which group. User attributes can change without a trace in the account, so a
 * policy that fills any has everybody looked at.
 */
function versionOf(policy: Policy): string {
    return Object.keys(policy.mapping.attributes ?? {}).length > 0 ? '' : JSON.stringify(policy);
}

/** Whatever the directory sends in place of a person is passed over. */
function isPerson(user: unknown): boolean {
    return typeof user === 'object' && user !== null;
}

function checkPage(page: DirectoryPage): void {
    if (!Array.isArray(page.users) || typeof page.next !== 'string') {
        throw new SyncError({code: 'directory_answer_invalid'});
    }
}

/** Tells how many people have been read. */
export async function reportRead(people: People, progress: RunProgress): Promise<void> {
    progress.counts.directory = people.directory;
    progress.counts.in_scope = people.in_scope;
    await progress.report('read', people.directory, 0);
}
