import type {LookupName} from '../sync/ports';

import {forgetDirectory} from './directory';
import {KnownAccounts} from './known_accounts';
import {lookup} from './lookup';

/** What the server has been asked already, so that evaluating again asks nothing twice. */
export class ServerAnswers {
    readonly accounts = new KnownAccounts();
    private readonly answers = new Map<string, Promise<unknown>>();

    /** What the port answers; a failure is not kept. */
    ask<T>(port: LookupName, input: unknown): Promise<T> {
        return this.once(`${port} ${JSON.stringify(input)}`, () => lookup<T>(port, input));
    }

    /** What `make` gives for `key`, made once. */
    once<T>(key: string, make: () => Promise<T>): Promise<T> {
        let answer = this.answers.get(key) as Promise<T> | undefined;
        if (!answer) {
            answer = make();
            this.answers.set(key, answer);
            answer.catch(() => this.answers.delete(key));
        }
        return answer;
    }
}

let current: {revision: string; answers: ServerAnswers} | null = null;

/** Answers that are kept while the page has the same `revision`. Another revision removes them, and the directory. */
export function serverAnswersAt(revision: string): ServerAnswers {
    if (current?.revision !== revision) {
        if (current) {
            forgetDirectory();
        }
        current = {revision, answers: new ServerAnswers()};
    }
    return current.answers;
}
