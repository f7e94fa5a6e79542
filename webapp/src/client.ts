/** The page's way to the plugin's HTTP API (docs/openapi.yaml): session, CSRF token and subpath as Mattermost's own client has them. */
import {Client4} from '@mattermost/client';
import * as v from 'valibot';

import {
    acknowledgedSchema,
    changeListSchema,
    connectionReportSchema,
    directoryListSchema,
    explanationSchema,
    groupListSchema,
    historyListSchema,
    overviewSchema,
    runListSchema,
    runSchema,
    runTargetListSchema,
    scheduleTimesSchema,
    statusSchema,
    targetListSchema,
    targetMemberListSchema,
} from './answer_schemas';
import {
    accountsSchema,
    configSchema,
    lookupSchema,
    refusalSchema,
    type ChangePage,
    type ConnectionAnswer,
    type DirectoryPageAnswer,
    type ExplanationAnswer,
    type GroupAnswer,
    type HistoryPage,
    type OverviewAnswer,
    type RunAnswer,
    type RunPage,
    type RunTargetPage,
    type StatusAnswer,
    type TargetAnswer,
    type TargetMemberPage,
} from './answers';
import {RequestError, type PageFaultCode, type ShownFault} from './faults';
import {pluginId} from './manifest';
import type {LookupName} from './sync/ports';
import type {RunMode, RunState, Trigger} from './sync/types';

/** Empty texts do not filter. `page` counts from 0. */
interface ChangeQuery {
    action: string;
    status: string;
    q: string;
    page: number;

    /** Only changes that need an approval of their own, or only all others. */
    own_approval?: boolean;
}

/** Which runs are listed; empty texts do not filter. */
export interface RunQuery {
    mode: RunMode | '';
    state: RunState | '';
    trigger: Trigger | '';
}

/** Rows of one page of a list. */
export const perPage = 60;

/** How much of an answer that we cannot read is shown, in characters. */
const excerptLength = 200;

const mattermost = new Client4();

/** What a request needs to know about the page. A web worker gets it from the page. */
export interface Surroundings {

    /** Where Mattermost lives below its host; '' at the root. */
    basename: string;

    /** The token against forged requests, from a cookie. */
    csrf: string;
}

/** How far the server's clock is ahead of this machine's, in ms, by the newest answer. */
let clockOffset = 0;

/** What time it is for the server, to the second, in ms since 1970; this machine's clock may be days off. */
export function serverNow(): number {
    return Date.now() + clockOffset;
}

let told: Surroundings | null = null;

export function surroundings(): Surroundings {
    return told ?? {basename: window.basename ?? '', csrf: mattermost.getCSRFFromCookie()};
}

/** For a web worker, which has no `window`. */
export function setSurroundings(known: Surroundings): void {
    told = known;
    mattermost.setCSRF(known.csrf);
}

function mattermostUrl(path: string): string {
    return `${globalThis.location.origin}${surroundings().basename}/api/v4${path}`;
}

function apiUrl(path: string): string {
    return `${globalThis.location.origin}${surroundings().basename}/plugins/${pluginId}/api/v1${path}`;
}

export function getStatus(signal?: AbortSignal): Promise<StatusAnswer> {
    return request(statusSchema, '/status', {method: 'get', signal});
}

export function getOverview(signal?: AbortSignal): Promise<OverviewAnswer> {
    return request(overviewSchema, '/overview', {method: 'get', signal});
}

/** Ends the notice about defaults that are safer than in an earlier version. */
export function dismissSaferDefaults(): Promise<OverviewAnswer> {
    return request(overviewSchema, '/overview/safer_defaults/dismiss', {method: 'post'});
}

export function testConnection(signal?: AbortSignal): Promise<ConnectionAnswer> {
    return request(connectionReportSchema, '/connection/test', {method: 'post', signal});
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

/** Discards held changes of a run, those with the given `seqs` or all. */
export function discardHeld(id: string, seqs?: number[]): Promise<RunAnswer> {
    const body = seqs && JSON.stringify({changes: seqs});
    return request(runSchema, `/runs/${encodeURIComponent(id)}/discard`, {method: 'post', ...(body && {body})});
}

/** Later runs do not list this conflict of a run while it stays the same, or list it again. */
export function acknowledgeConflict(id: string, seq: number, isAcknowledged: boolean): Promise<{count: number}> {
    const body = JSON.stringify({changes: [seq], acknowledged: isAcknowledged});
    return request(acknowledgedSchema, `/runs/${encodeURIComponent(id)}/acknowledge`, {method: 'post', body});
}

/** Newest first; `page` counts from 0. */
export function listRuns(page: number, count: number, signal?: AbortSignal, query: Partial<RunQuery> = {}): Promise<RunPage> {
    return request(runListSchema, `/runs?${parametersOf({page, per_page: count, ...query})}`, {method: 'get', signal});
}

export function listChanges(runId: string, query: ChangeQuery, signal?: AbortSignal): Promise<ChangePage> {
    const wanted = parametersOf({per_page: perPage, ...query});
    return request(changeListSchema, `/runs/${encodeURIComponent(runId)}/changes?${wanted}`, {method: 'get', signal});
}

/** The most rows that the server answers at once. */
const greatestPage = 1000;

/** Selects the changes of accounts, in place of those of one team or channel. */
export const accountsOnly = 'none';

/**
 * The changes of a run behind the one with the number `after` (0 for the first), in the order of the plan, at most `greatestPage`. `target`
 * selects those of one team or channel, or `accountsOnly`; '' all.
 */
export function listChangesAfter(runId: string, after: number, target = '', signal?: AbortSignal): Promise<ChangePage> {
    const wanted = parametersOf({after, per_page: greatestPage, target});
    return request(changeListSchema, `/runs/${encodeURIComponent(runId)}/changes?${wanted}`, {method: 'get', signal});
}

/** The teams, channels, and roles that changes of a run are about; `page` counts from 0. */
export function listRunTargets(runId: string, page: number, count: number, signal?: AbortSignal): Promise<RunTargetPage> {
    return request(runTargetListSchema, `/runs/${encodeURIComponent(runId)}/targets?${parametersOf({page, per_page: count})}`, {method: 'get', signal});
}

/** Which users of a team or channel are listed; empty texts do not filter. */
export interface MemberQuery {
    standing: string;
    q: string;
}

/** Who is in a team or channel, why, and who is missing; `page` counts from 0. */
export function listTargetMembers(targetId: string, query: MemberQuery, page: number, signal?: AbortSignal): Promise<TargetMemberPage> {
    const wanted = parametersOf({...query, page, per_page: perPage});
    return request(targetMemberListSchema, `/targets/${encodeURIComponent(targetId)}/members?${wanted}`, {method: 'get', signal});
}

/** Why a user is in the teams and channels of the rules, or is not, as the directory is now. */
export function explainMemberships(user: string, signal?: AbortSignal): Promise<ExplanationAnswer> {
    return request(explanationSchema, `/memberships?${parametersOf({user})}`, {method: 'get', signal});
}

/** What runs did for one user, the newest run first: by object id, or by a part of the name, email, or username. */
export function listHistory(person: {object_id: string} | {q: string}, page: number, signal?: AbortSignal): Promise<HistoryPage> {
    return request(historyListSchema, `/changes?${parametersOf({...person, page, per_page: perPage})}`, {method: 'get', signal});
}

/** Groups of the directory whose names have a word that begins with `q`, at most 50. */
export async function findGroups(q: string, signal?: AbortSignal): Promise<GroupAnswer[]> {
    return (await request(groupListSchema, `/groups?${parametersOf({q})}`, {method: 'get', signal})).groups;
}

/** Groups by object id; those that the directory does not have are left out. */
export async function getGroups(ids: string[], signal?: AbortSignal): Promise<GroupAnswer[]> {
    return ids.length === 0 ? [] : (await request(groupListSchema, `/groups?${parametersOf({ids: ids.join(',')})}`, {method: 'get', signal})).groups;
}

/** Teams, or public and private channels of a team, by a part of their name; archived ones come last. */
export async function findTargets(search: {kind: 'team'; q: string} | {kind: 'channel'; team: string; q: string}, signal?: AbortSignal): Promise<TargetAnswer[]> {
    return (await request(targetListSchema, `/targets?${parametersOf({...search})}`, {method: 'get', signal})).targets;
}

/** Teams and channels by their IDs; those that Mattermost does not have are left out. */
export async function getTargets(ids: string[], signal?: AbortSignal): Promise<TargetAnswer[]> {
    return ids.length === 0 ? [] : (await request(targetListSchema, `/targets?${parametersOf({ids: ids.join(',')})}`, {method: 'get', signal})).targets;
}

/** The next five times (ms) at which a schedule that is not saved yet would start a run. */
export async function nextTimes(schedule: string, timeZone: string, signal?: AbortSignal): Promise<number[]> {
    const body = JSON.stringify({schedule, time_zone: timeZone});
    return (await request(scheduleTimesSchema, '/schedule/next', {method: 'post', body, signal})).times;
}

/** A page of the directory users of the newest complete read; at most `greatestPage`. */
export function listDirectory(page: number, perPage = greatestPage, signal?: AbortSignal): Promise<DirectoryPageAnswer> {
    return request(directoryListSchema, `/directory?${parametersOf({page, per_page: perPage})}`, {method: 'get', signal});
}

/** What the read-only port of this name answers in a run. */
export function lookUp(port: LookupName, input: unknown, signal?: AbortSignal): Promise<Record<string, unknown>> {
    return request(lookupSchema, `/lookups/${encodeURIComponent(port)}`, {method: 'post', body: JSON.stringify(input), signal});
}

/** Usernames by account id; ids that Mattermost does not know are left out. */
export async function getUsernames(ids: string[], signal?: AbortSignal): Promise<Record<string, string>> {
    const options = {method: 'post', body: JSON.stringify(ids), signal};
    const accounts = ids.length === 0 ? [] : await request(accountsSchema, '/users/ids', options, mattermostUrl);
    return Object.fromEntries(accounts.map(({id, username}) => [id, username]));
}

/** All settings of the plugin as the server has them now; secrets are masked. */
export async function getStoredSettings(signal?: AbortSignal): Promise<Record<string, unknown>> {
    const config = await request(configSchema, '/config', {method: 'get', signal}, mattermostUrl);
    return config.PluginSettings.Plugins[pluginId] ?? {};
}

/** Where the browser downloads all changes of a run from. */
export function changesCsvUrl(runId: string): string {
    return apiUrl(`/runs/${encodeURIComponent(runId)}/changes.csv`);
}

/** Where the browser downloads the members of a team or channel from. */
export function membersCsvUrl(targetId: string): string {
    return apiUrl(`/targets/${encodeURIComponent(targetId)}/members.csv`);
}

/** Query parameters; empty texts are left out. */
function parametersOf(values: Record<string, string | number | boolean>): URLSearchParams {
    const given = Object.entries(values).filter(([, value]) => value !== '');
    return new URLSearchParams(given.map(([key, value]) => [key, String(value)]));
}

type Options = Omit<RequestInit, 'signal'> & {method: string; signal?: AbortSignal | undefined};

/**
 * Sends one request and checks the answer against `schema`.
 * Throws a RequestError, or the browser's AbortError when `options.signal` ends the request.
 */
async function request<S extends v.GenericSchema>(schema: S, path: string, options: Options, urlOf = apiUrl): Promise<v.InferOutput<S>> {
    const response = await send(urlOf(path), options);
    setClock(response.headers.get('Date'));
    const body = await response.text();
    const answer = decoded(body);
    if (!response.ok) {
        throw new RequestError(refusal(response.status, answer, body), {status: response.status});
    }
    const checked = v.safeParse(schema, answer);
    if (!checked.success) {
        throw new RequestError(pageFault('answer_invalid', response.status, body), {cause: new v.ValiError(checked.issues)});
    }
    return checked.output;
}

function setClock(date: string | null): void {
    const now = Date.parse(date ?? '');
    if (!Number.isNaN(now)) {
        clockOffset = now - Date.now();
    }
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
