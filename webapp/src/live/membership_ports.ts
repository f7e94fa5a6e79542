import type {WordPairs} from '../sync/memberships/bits';
import type {LedgerOfTarget, MemberAccounts, PresentMembers} from '../sync/memberships/shapes';
import type {LookupName, MembershipsPort} from '../sync/ports';

import {closedPorts} from './closed_ports';
import type {ServerAnswers} from './server_answers';

/** Bits in a word of a set of users. */
const WIDTH = 32;

/** Users that the server takes at once: a multiple of a word, so that the sets of the answers can be put one after another. */
const AT_ONCE = 9984;

/** Reads teams and channels and who is in them, as a run does. Nothing is written. */
export function membershipPorts(answers: ServerAnswers): MembershipsPort {
    return {
        ...closedPorts().memberships,
        accounts: async ({object_ids, keep}) => joinedAccounts(await inChunks<MemberAccounts>(object_ids, (some) => answers.ask('memberships.accounts', {object_ids: some, keep}))),
        targets: (request) => answers.ask('memberships.targets', request),
        created: () => answers.ask('memberships.created', {}),
        taken: (request) => answers.ask('memberships.taken', request),
        recent_leaves: (request) => answers.ask('memberships.recent_leaves', request),
        present: async ({account_ids, targets}) => ({targets: joinedMembers(targets, await ofTargets<PresentMembers>('memberships.present', account_ids, targets, answers))}),
        ledger: async ({account_ids, targets}) => ({targets: joinedLedger(targets, await ofTargets<LedgerOfTarget>('memberships.ledger', account_ids, targets, answers))}),
    };
}

/** An answer about some of the users; `word` is where their bits begin. */
interface Chunk<T> {
    word: number;
    answer: T;
}

function inChunks<T>(list: readonly string[], ask: (some: string[]) => Promise<T>): Promise<Array<Chunk<T>>> {
    const starts = Array.from({length: Math.ceil(list.length / AT_ONCE)}, (_, at) => at * AT_ONCE);
    return Promise.all(starts.map(async (start) => ({word: start / WIDTH, answer: await ask(list.slice(start, start + AT_ONCE))})));
}

function ofTargets<T>(port: LookupName, account_ids: readonly string[], targets: string[], answers: ServerAnswers) {
    return inChunks(account_ids, (some) => answers.ask<{targets: T[]}>(port, {account_ids: some, targets}));
}

function moved(pairs: WordPairs, word: number): Array<readonly [number, number]> {
    return pairs.map(([at, bits]) => [at + word, bits] as const);
}

function joinedAccounts(chunks: ReadonlyArray<Chunk<MemberAccounts>>): MemberAccounts {
    return {
        account_ids: chunks.flatMap(({answer}) => answer.account_ids),
        placements: chunks.flatMap(({answer}) => answer.placements),
        guests: chunks.flatMap(({word, answer}) => moved(answer.guests, word)),
        kept: chunks.flatMap(({word, answer}) => moved(answer.kept, word)),
    };
}

function joinedMembers(targets: readonly string[], chunks: ReadonlyArray<Chunk<{targets: PresentMembers[]}>>): PresentMembers[] {
    return targets.map((id) => {
        const parts = chunks.flatMap(({word, answer}) => answer.targets.filter((target) => target.id === id).map((target) => ({word, target})));
        return {id, members: parts.flatMap(({word, target}) => moved(target.members, word)), admins: parts.flatMap(({word, target}) => moved(target.admins, word))};
    });
}

function joinedLedger(targets: readonly string[], chunks: ReadonlyArray<Chunk<{targets: LedgerOfTarget[]}>>): LedgerOfTarget[] {
    return targets.map((id) => ({
        id,
        entries: chunks.flatMap(({word, answer}) => answer.targets.filter((target) => target.id === id).
            flatMap(({entries}) => entries.map((entry) => ({...entry, users: moved(entry.users, word)})))),
    }));
}
