/** The page's way to the plugin's HTTP API (docs/openapi.yaml): session, CSRF token and subpath as Mattermost's own client has them. */
import {Client4} from '@mattermost/client';
import * as v from 'valibot';

import {
    accountsSchema,
    changePageSchema,
    connectionSchema,
    refusalSchema,
    runPageSchema,
    runSchema,
    statusSchema,
    type ChangePage,
    type ConnectionAnswer,
    type RunAnswer,
    type RunPage,
    type StatusAnswer,
} from './answers';
import {RequestError, type PageFaultCode, type ShownFault} from './faults';
import {pluginId} from './manifest';
import type {RunMode} from './sync/types';

/** Empty texts do not filter. `page` counts from 0. */
export interface ChangeQuery {
    action: string;
    status: string;
    q: string;
    page: number;
}

/** Rows of one page of a list. */
export const perPage = 60;

/** How much of an answer that we cannot read is shown, in characters. */
const excerptLength = 200;

const mattermost = new Client4();

function mattermostUrl(path: string): string {
    return `${window.location.origin}${window.basename ?? ''}/api/v4${path}`;
}

function apiUrl(path: string): string {
    return `${window.location.origin}${window.basename ?? ''}/plugins/${pluginId}/api/v1${path}`;
}

export function getStatus(signal?: AbortSignal): Promise<StatusAnswer> {
    return request(statusSchema, '/status', {method: 'get', signal});
}

export function testConnection(signal?: AbortSignal): Promise<ConnectionAnswer> {
    return request(connectionSchema, '/connection/test', {method: 'post', signal});
}

export function startRun(mode: RunMode): Promise<RunAnswer> {
    return request(runSchema, '/runs', {method: 'post', body: JSON.stringify({mode})});
}

export function cancelRun(id: string): Promise<RunAnswer> {
    return request(runSchema, `/runs/${encodeURIComponent(id)}/cancel`, {method: 'post'});
}

/** Applies held changes of a run, those with the given `seqs` or all; answers the run that does it. */
export function approveRun(id: string, seqs?: number[]): Promise<RunAnswer> {
    const body = seqs && JSON.stringify({changes: seqs});
    return request(runSchema, `/runs/${encodeURIComponent(id)}/approve`, {method: 'post', ...(body && {body})});
}

export function getRun(id: string, signal?: AbortSignal): Promise<RunAnswer> {
    return request(runSchema, `/runs/${encodeURIComponent(id)}`, {method: 'get', signal});
}

/** Newest first; `page` counts from 0. */
export function listRuns(page: number, count: number, signal?: AbortSignal): Promise<RunPage> {
    return request(runPageSchema, `/runs?${new URLSearchParams({page: String(page), per_page: String(count)})}`, {method: 'get', signal});
}

export function listChanges(runId: string, query: ChangeQuery, signal?: AbortSignal): Promise<ChangePage> {
    const wanted = new URLSearchParams({page: String(query.page), per_page: String(perPage)});
    for (const key of ['action', 'status', 'q'] as const) {
        if (query[key] !== '') {
            wanted.set(key, query[key]);
        }
    }
    return request(changePageSchema, `/runs/${encodeURIComponent(runId)}/changes?${wanted}`, {method: 'get', signal});
}

/** Usernames by account id; ids that Mattermost does not know are left out. */
export async function getUsernames(ids: string[], signal?: AbortSignal): Promise<Record<string, string>> {
    const options = {method: 'post', body: JSON.stringify(ids), signal};
    const accounts = ids.length === 0 ? [] : await request(accountsSchema, '/users/ids', options, mattermostUrl);
    return Object.fromEntries(accounts.map(({id, username}) => [id, username]));
}

/** Where the browser downloads all changes of a run from. */
export function changesCsvUrl(runId: string): string {
    return apiUrl(`/runs/${encodeURIComponent(runId)}/changes.csv`);
}

type Options = Omit<RequestInit, 'signal'> & {method: string; signal?: AbortSignal | undefined};

/**
 * Sends one request and checks the answer against `schema`.
 * Throws a RequestError, or the browser's AbortError when `options.signal` ends the request.
 */
async function request<S extends v.GenericSchema>(schema: S, path: string, options: Options, urlOf = apiUrl): Promise<v.InferOutput<S>> {
    const response = await send(urlOf(path), options);
    const body = await response.text();
    const answer = decoded(body);
    if (!response.ok) {
        throw new RequestError(refusal(response.status, answer, body));
    }
    const checked = v.safeParse(schema, answer);
    if (!checked.success) {
        throw new RequestError(pageFault('answer_invalid', response.status, body), {cause: new v.ValiError(checked.issues)});
    }
    return checked.output;
}

async function send(url: string, options: Options): Promise<Response> {
    try {
        const {headers, ...rest} = mattermost.getOptions({...options, signal: options.signal ?? undefined} as never);
        return await fetch(url, {...rest, headers} as RequestInit);
    } catch (error) {
        if (error instanceof TypeError) {
            throw new RequestError({code: 'server_unreachable', raw: {message: error.message}}, {cause: error});
        }
        throw error;
    }
}

function decoded(body: string): unknown {
    try {
        return JSON.parse(body);
    } catch {
        return undefined;
    }
}

/** What a refused request says: in the plugin's words, or, when a proxy or Mattermost itself answered, in the page's. */
function refusal(status: number, answer: unknown, body: string): ShownFault {
    const checked = v.safeParse(refusalSchema, answer);
    if (checked.success) {
        return checked.output;
    }
    if (status === 401) {
        return pageFault('session_ended', status, body);
    }
    return pageFault(status === 404 || status >= 500 ? 'plugin_unavailable' : 'answer_invalid', status, body);
}

function pageFault(code: PageFaultCode, status: number, body: string): ShownFault {
    return {code, raw: {status, message: body.slice(0, excerptLength)}};
}
