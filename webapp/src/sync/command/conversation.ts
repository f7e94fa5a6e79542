import type {Fault} from '../errors';
import type {CommandWord} from '../lists';

/** A request to the plugin's own HTTP API, on behalf of the user who typed the command. `path` is below `/api/v1`. */
export interface ApiRequest {
    method: 'GET' | 'POST';
    path: string;
    body?: object;

    /** How long (ms) to wait before the request is made. */
    after_ms?: number;
}

export interface ApiAnswer {
    status: number;
    body: unknown;

    /** The time (ms) from the command to the answer. */
    at_ms: number;
}

/** A refused request: the body of the answer is the fault. */
export class Refused extends Error {
    constructor(readonly fault: Fault) {
        super(fault.code);
    }
}

type Data = Record<string, unknown>;

/** The requests that answer a command, one after the other, and finally what its reply needs. */
export type Conversation = Generator<ApiRequest, unknown, ApiAnswer>;

/** How often a command checks a run that it waits for, and how long it waits at most (ms). */
const POLL_MS = 100;
const PATIENCE_MS = 15_000;

/** How many changes, or runs, a reply shows. */
const SHOWN = 10;

function* ask(request: ApiRequest): Generator<ApiRequest, {data: Data; at_ms: number}, ApiAnswer> {
    const {status, body, at_ms} = yield request;
    if (status >= 400) {
        throw new Refused(body as Fault);
    }
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
        throw new TypeError(`${request.method} ${request.path} did not answer an object`);
    }
    return {data: body as Data, at_ms};
}

function* get(path: string): Generator<ApiRequest, Data, ApiAnswer> {
    return (yield* ask({method: 'GET', path})).data;
}

function* post(path: string, body?: object): Generator<ApiRequest, Data, ApiAnswer> {
    return (yield* ask({method: 'POST', path, ...(body && {body})})).data;
}

/** The status of the sync. If only the overview cannot be read, the reply leaves out what needs attention. */
function* status(): Conversation {
    const answer = yield* get('/status');
    try {
        return {...answer, overview: yield* get('/overview')};
    } catch (error) {
        if (error instanceof Refused) {
            return {...answer, overview: null};
        }
        throw error;
    }
}

/** Starts a run for one user and waits for its end for a limited time. */
function* syncOne(user: string): Conversation {
    let {data: run, at_ms} = yield* ask({method: 'POST', path: '/runs', body: {mode: 'apply', user}});
    while (run.state === 'running' && at_ms < PATIENCE_MS) {
        ({data: run, at_ms} = yield* ask({method: 'GET', path: `/runs/${run.id}`, after_ms: POLL_MS}));
    }
    const changes = yield* get(`/runs/${run.id}/changes?per_page=${SHOWN}`);
    return {run, changes, memberships: run.state === 'running' ? null : yield* explain(user)};
}

/** Why the user is in teams and channels. The result of the run is the reply also when that cannot be told; the reply says why. */
function* explain(user: string): Generator<ApiRequest, Data, ApiAnswer> {
    try {
        return yield* get(`/memberships?user=${encodeURIComponent(user)}`);
    } catch (error) {
        if (error instanceof Refused) {
            return {fault: error.fault};
        }
        throw error;
    }
}

/** The id of the run that the status names. */
function* runOf(key: 'current_run' | 'held_run', otherwise: 'no_run' | 'nothing_held'): Generator<ApiRequest, string, ApiAnswer> {
    const run = (yield* get('/status'))[key] as {id?: unknown} | null | undefined;
    if (typeof run?.id !== 'string' || run.id === '') {
        throw new Refused({code: otherwise});
    }
    return run.id;
}

function* cancel(): Conversation {
    return yield* post(`/runs/${yield* runOf('current_run', 'no_run')}/cancel`);
}

/** Approves the held changes that need no approval of their own, and returns how many there are, and how many others. */
function* approve(): Conversation {
    const id = yield* runOf('held_run', 'nothing_held');
    const count = function* count(own: boolean) {
        return Number((yield* get(`/runs/${id}/changes?status=held&own_approval=${own}&per_page=1`)).total ?? 0);
    };
    const [held, own] = [yield* count(false), yield* count(true)];
    return {run: yield* post(`/runs/${id}/approve`), held, own};
}

/** What each word requests from the HTTP API. Help needs only the permission that every word needs. */
export const conversations: Readonly<Record<CommandWord, (user: string) => Conversation>> = {
    status,
    preview: () => post('/runs', {mode: 'preview'}),
    sync: () => post('/runs', {mode: 'apply'}),
    user: syncOne,
    history: () => get(`/runs?per_page=${SHOWN}`),
    cancel,
    approve,
    test: () => post('/connection/test'),
    help: () => get('/status'),
};
