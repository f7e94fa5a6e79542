import {SyncError} from '../../errors';
import {authDataKey, emailKey} from '../../match/keys';
import {mapperFor} from '../../match/other_emails';
import {isObjectId} from '../../object_id';
import type {DirectoryPage, DirectoryUser} from '../../types';

import {ahead} from '../context/ahead';
import {eachById} from '../context/by_id';
import type {RunProgress} from '../context/progress';
import type {RunContext} from '../context/run_context';
import {directoryAttributes} from './attributes';
import {WholeGroups} from './run_groups';
import type {TreeTaker} from './group_members';
import {PageTrail} from './page_trail';
import {People} from './people';
import {openQuestions, questionsOf, type UserQuestions} from './questions';
import {AttributeWatch, readSeen, writeSeen} from './seen_attributes';
import {addUnlisted} from './unlisted';

/** The most that Graph returns at once. */
const PAGE_SIZE = 999;

/**
 * Reads the whole directory. Throws unless it was read to its end. If an attribute that decides has no values any more, the directory is
 * read again, users without changes included: either someone has a value, or the attribute is unknown. `expected` are users whom other
 * answers name: they are asked for by id if the list lacks them. `takeTree` gets what is read of groups, now and later.
 */
export async function readDirectory(context: RunContext, expected: readonly string[] = [], takeTree: TreeTaker = () => undefined): Promise<People> {
    const {policy, ports} = context;
    const groups = await WholeGroups.read(policy, ports.directory, takeTree);
    const before = await readSeen(ports);
    const digest = comparisonDigest(context);
    let unknown: ReadonlySet<string> = new Set();
    const read = async (policy_digest: string, atLeast = 0) => {
        const watch = new AttributeWatch(policy, before);
        const people = await readPages(context, new People(policy, questionsOf(policy, groups, unknown)), {watch, policy_digest, atLeast});
        await addUnlisted(people, [...groups.deciding.members, ...expected], (users) => {
            addAll(people, users);
            return reportRead(people, context.progress, atLeast);
        }, context);
        const has = (object_id: string) => people.has(object_id);
        return {people, missing: watch.missing(has), seen: () => watch.seen(unknown, has)};
    };
    let result = await read(digest);
    while (result.missing.size !== unknown.size) {
        unknown = result.missing;
        result = await read('', result.people.directory);
    }
    if (context.mode === 'apply') {
        await writeSeen(result.seen(), before, ports);
    }
    return result.people;
}

interface HowToRead {
    watch: AttributeWatch;
    policy_digest: string;

    /** As many users are reported as read already. */
    atLeast: number;
}

async function readPages({policy, ports, progress}: RunContext, people: People, {watch, policy_digest, atLeast}: HowToRead): Promise<People> {
    const query = {select: directoryAttributes(policy), top: PAGE_SIZE, policy_digest};
    const trail = new PageTrail({
        repeated: 'the directory sent a link that it had sent before', idle: 'the directory sends page after page without a new user'});
    const read = (cursor: string) => ahead(() => ports.directory.read_page({cursor, ...query}));
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
        page.users.filter(isUser).forEach((user) => watch.note(user));
        addAll(people, page.users);
        trail.follow(cursor, page.next, people.directory > before);
        cursor = page.next;
        await reportRead(people, progress, atLeast);
    } while (cursor !== '');
    people.is_complete = true;
    return people;
}

/** Reads the one user that the run is limited to. */
export async function readOne(user: string, {policy, ports, progress}: RunContext): Promise<People> {
    const mapper = mapperFor(policy);
    const {users} = await ports.directory.find({user, select: directoryAttributes(policy)});
    const questions = await openQuestions({policy, ports});
    const people = new People(policy, questions);
    await addKnown(people, users);
    people.outsiders = users.filter((each) => isUser(each) && !questions.judge(each).in).map(mapper);
    if (people.directory === 0) {
        throw new SyncError({code: 'person_not_found', params: {user}});
    }
    people.is_single = true;
    people.is_ambiguous = people.directory > 1;
    await addRivals(people, user, ports, directoryAttributes(policy));
    await reportRead(people, progress);
    return people;
}

/** Reads who else has the address or the sign-in data of the users, as far as the directory finds users by it. */
async function addRivals(people: People, known: string, {directory}: RunContext['ports'], select: string[]): Promise<void> {
    const keys = new Set(people.slice(0, people.undecided).flatMap((person) => [emailKey(person), authDataKey(person)]));
    for (const user of keys) {
        if (user.includes('@') && user !== known.toLowerCase()) {
            const {users} = await directory.find({user, select});
            await people.groups.know(users.filter(isUser).map(({id}) => String(id)));
            users.filter((other) => isUser(other) && people.groups.knows(other.id)).forEach((other) => people.addRival(other));
        }
    }
}

/** Reads users by their object ids, as they are now. `report` is called after each request. */
export async function readByIds(
    ids: readonly string[], questions: UserQuestions, {policy, ports}: RunContext, report: (people: People) => Promise<void>,
): Promise<People> {
    const people = new People(policy, questions);
    await people.groups.know(ids);
    await eachById(ids, directoryAttributes(policy), ports.directory, async (users) => {
        await addKnown(people, users);
        return report(people);
    });
    return people;
}

/** Adds users who can be in the way of others: those with these ids, and those with these addresses. Asked for by id, an absence is known. */
export async function addOthers(
    people: People, ids: readonly string[], addresses: Iterable<string>, {policy, ports}: RunContext,
): Promise<void> {
    const select = directoryAttributes(policy);
    await people.groups.know(ids);
    await eachById(ids, select, ports.directory, (users) => addKnown(people, users));
    ids.filter((id) => isObjectId(id) && !people.has(id)).forEach((id) => people.gone.add(id));
    for (const user of addresses) {
        await addKnown(people, (await ports.directory.find({user, select})).users);
    }
}

/**
 * Adds users once it is known which groups they are in. One whom only one of the answers knows is left out, as if the directory did not
 * have the user: the answers come from different replicas.
 */
async function addKnown(people: People, users: DirectoryUser[]): Promise<void> {
    await people.groups.know(users.filter(isUser).map(({id}) => String(id)));
    addAll(people, users.filter((user) => !isUser(user) || !isObjectId(user.id) || people.groups.knows(user.id)));
}

/** Adds everything that is a user; a directory may repeat itself. */
function addAll(people: People, users: DirectoryUser[]): void {
    users.filter(isUser).forEach((user) => people.add(user));
}

/**
 * The digest under which the host recognizes users who need no comparison. The policy decides, and the host knows the members of
 * groups. User attributes can change without a trace in the account, so a policy that fills any has all users compared.
 */
function comparisonDigest({policy, policy_digest}: RunContext): string {
    return Object.keys(policy.mapping.attributes ?? {}).length > 0 ? '' : policy_digest;
}

/** Anything else that the directory sends in place of a user is ignored. */
function isUser(user: unknown): boolean {
    return typeof user === 'object' && user !== null;
}

function checkPage(page: DirectoryPage): void {
    if (!Array.isArray(page.users) || typeof page.next !== 'string') {
        throw new SyncError({code: 'directory_answer_invalid'});
    }
}

/** Reports how many users have been read; a number that was reported before does not go back. */
export async function reportRead(people: People, progress: RunProgress, atLeast = 0): Promise<void> {
    progress.counts.directory = people.directory;
    progress.counts.in_scope = people.in_scope;
    await progress.report('read', Math.max(atLeast, people.directory), 0);
}
