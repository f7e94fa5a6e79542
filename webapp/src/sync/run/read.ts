import {SyncError} from '../errors';
import {mapperFor} from '../match/other_emails';
import type {Policy} from '../policy/policy';
import type {Ports} from '../ports';
import {makeJudge, type Judge} from '../scope/judge';
import type {DirectoryPage, DirectoryUser} from '../types';

import {directoryAttributes} from './attributes';
import type {RunProgress} from './progress';
import {ahead} from './ahead';
import {readMemberships} from './memberships';
import {People} from './people';

/** The most that Graph gives at once. */
const PAGE_SIZE = 999;

/** Pages in a row that bring nobody new. Graph may send empty pages, but not so many. */
const MAX_IDLE_PAGES = 100;

/** Reads the whole directory page by page. Throws unless it was read to its end. */
export async function readDirectory(policy: Policy, ports: Ports, progress: RunProgress): Promise<People> {
    const version = versionOf(policy);
    const people = new People(policy);
    const judge = makeJudge(policy.scope, await readMemberships(policy.scope, ports.directory));
    const select = directoryAttributes(policy);
    const cursors = new Set<string>();
    const read = (cursor: string) => ahead(() => ports.directory.read_page({cursor, select, top: PAGE_SIZE, version}));
    let cursor = '';
    let idlePages = 0;
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
        idlePages = people.directory > before ? 0 : idlePages + 1;
        cursors.add(cursor);
        cursor = page.next;
        if (cursors.has(cursor) && cursor !== '') {
            throw new SyncError({code: 'directory_incomplete', raw: {message: 'the directory sent a link that it had sent before'}});
        }
        if (idlePages > MAX_IDLE_PAGES) {
            throw new SyncError({code: 'directory_incomplete', raw: {message: 'the directory sends page after page without anybody new'}});
        }
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

async function reportRead(people: People, progress: RunProgress): Promise<void> {
    progress.counts.directory = people.directory;
    progress.counts.in_scope = people.in_scope;
    await progress.report('read', people.directory, 0);
}
