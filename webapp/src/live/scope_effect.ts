import {faultOf, SyncError} from '../sync/errors';
import {parsePolicy} from '../sync/policy/parse';
import type {Policy} from '../sync/policy/policy';
import {directoryAttributes} from '../sync/run/reading/attributes';
import {readGroupMembers} from '../sync/run/reading/group_members';
import {fold} from '../sync/scope/fold';
import {makeCarefulJudge} from '../sync/scope/careful_judge';
import type {Judge} from '../sync/scope/judge';
import type {DecidingEntry} from '../sync/scope/verdict';
import type {DirectoryUser, MemberPage} from '../sync/types';

import {directory} from './directory';
import {serverAnswersAt, type ServerAnswers} from './server_answers';
import {addressOf, textOf} from './user_text';

/** People who are named in an answer. */
const SHOWN = 200;

interface ScopeQuestion {

    /** The policy on the screen; it must have no faults. */
    edited: object;
    saved: object;

    /** Part of a name, an address, or an object id; '' finds all users. */
    q: string;

    /** Another one than before when what the server knows may have changed. */
    revision: string;
}

/** A user who comes into scope or goes out of scope under the edited policy, and the rule that decides. */
export interface MovedPerson {
    object_id: string;
    display_name: string;
    email: string;
    rule: DecidingEntry;
}

/** `count` is the number of all users, `found` of those who match the search, `people` are the first of these. */
export interface Moved {
    count: number;
    found: number;
    people: MovedPerson[];
}

export interface ScopeEffect {

    /** When the directory was read, in ms; 0 before the first read. */
    read_at: number;
    people: number;

    /** Users in scope by the saved policy; `null` if the policy has a fault. */
    before: number | null;
    after: number;
    coming: Moved;
    leaving: Moved;

    /** Attributes that the edited policy looks at and the read does not have: where they decide, nothing is known. */
    unread: string[];
}

/** In `isIn`: something that decides was not read. A run leaves the accounts of such a user as they are. */
const UNKNOWN = 2;

/** The verdicts of one policy on all directory users; `isIn` has the order of the users. */
interface Judged {
    key: string;
    judge: Judge;
    isIn: Uint8Array;
    count: number;
}

/** The last judged policies of each side by the read of the directory, so that only what was edited is judged again. */
const kept = new WeakMap<DirectoryUser[], {saved?: Judged; edited?: Judged}>();

/** Which users enter or leave the scope when the edited policy replaces the saved one. */
export async function scopeEffect({edited, saved, q, revision}: ScopeQuestion): Promise<ScopeEffect> {
    const answers = serverAnswersAt(revision);
    const {users, read_at} = await directory();
    const policy = validPolicy(edited);
    const sides = kept.get(users) ?? {};
    kept.set(users, sides);
    sides.saved = await judgedOrNone(saved, users, answers, sides.saved);
    const after = sides.edited = await judged(policy.scope, users, answers, keyOf(policy.scope) === sides.saved?.key ? sides.saved : sides.edited);
    const before = sides.saved;
    const wanted = fold(q.trim());
    return {
        read_at,
        people: users.length,
        before: before?.count ?? null,
        after: after.count,
        coming: movedTo(1, before, after, users, wanted),
        leaving: movedTo(0, before, after, users, wanted),
        unread: unreadOf(policy, users),
    };
}

export function validPolicy(document: object): Policy {
    const {policy, faults} = parsePolicy(document);
    if (!policy) {
        throw new SyncError(faults[0]!);
    }
    return policy;
}

/** Attributes that `policy` uses and no directory user has, not even empty: the read did not request them. */
export function unreadOf(policy: Policy, users: readonly DirectoryUser[]): string[] {
    return users.length === 0 ? [] : directoryAttributes(policy).filter((name) => !users.some((user) => name in user));
}

function keyOf(scope: Policy['scope']): string {
    return JSON.stringify(scope);
}

/** The saved policy may have a fault, or a group that is gone: then there is nothing to compare with. */
async function judgedOrNone(saved: object, users: DirectoryUser[], answers: ServerAnswers, last: Judged | undefined): Promise<Judged | undefined> {
    try {
        return await judged(validPolicy(saved).scope, users, answers, last);
    } catch (error) {
        if (faultOf(error)) {
            return undefined;
        }
        throw error;
    }
}

async function judged(scope: Policy['scope'], users: DirectoryUser[], answers: ServerAnswers, last: Judged | undefined): Promise<Judged> {
    const key = keyOf(scope);
    if (last?.key === key) {
        return last;
    }
    const {groups} = await readGroupMembers({scope, memberships: {rules: []}}, {
        read_group_members: (request) => answers.ask<MemberPage>('directory.read_group_members', request),
    });
    const judge = makeCarefulJudge(scope, groups);
    const isIn = Uint8Array.from(users, (user) => {
        const verdict = judge(user);
        return verdict.unknown === undefined ? Number(verdict.in) : UNKNOWN;
    });
    return {key, judge, isIn, count: isIn.filter((one) => one === 1).length};
}

function movedTo(side: 0 | 1, before: Judged | undefined, after: Judged, users: readonly DirectoryUser[], wanted: string): Moved {
    const moved: Moved = {count: 0, found: 0, people: []};
    if (!before || before === after) {
        return moved;
    }
    for (let at = 0; at < users.length; at++) {
        if (after.isIn[at] !== side || before.isIn[at] === side || before.isIn[at] === UNKNOWN) {
            continue;
        }
        moved.count++;
        const user = users[at]!;
        if (wanted === '' || keysOf(user).some((key) => fold(key).includes(wanted))) {
            moved.found++;
            if (moved.people.length < SHOWN) {
                moved.people.push(personOf(user, after.judge(user).rule));
            }
        }
    }
    return moved;
}

function keysOf({displayName, mail, userPrincipalName, id}: DirectoryUser): string[] {
    return [displayName, mail, userPrincipalName, id].map(textOf);
}

function personOf(user: DirectoryUser, rule: DecidingEntry): MovedPerson {
    return {object_id: textOf(user.id), display_name: textOf(user.displayName), email: addressOf(user), rule};
}
