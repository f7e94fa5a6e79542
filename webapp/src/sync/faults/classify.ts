import {errorCodes, type ErrorCode, type Fault, type RawFault} from '../errors';
import type {FactOrigin} from '../lists';

import {sanitizeText} from './sanitize';
import {graphCodes, groupFaults, mattermostIds, networkKinds, signInErrors, signInNumbers, statuses} from './tables';

/** What the host knows about an external failure. The host does not choose the error code: that is done here. */
export interface Facts {
    origin: FactOrigin;

    /** HTTP status, also that of a Mattermost AppError. */
    status?: number;

    /** OAuth `error`, Graph `error.code`, AppError id; for origin `host` one of our own error codes. */
    code?: string;

    /** AADSTS numbers (`error_codes`). */
    codes?: number[];

    /** What Graph was asked for if its codes do not tell: `groups`. */
    resource?: string;
    message?: string;
    trace_id?: string;
    timeout?: boolean;

    /** How the connection failed: dns, refused, reset, tls, proxy, truncated, … */
    kind?: string;
}

type Named = Pick<Fault, 'code' | 'params'>;

function named(code: ErrorCode | undefined, params?: Fault['params']): Named | undefined {
    return code && {code, params};
}

function lookUp<V>(table: Readonly<Record<string | number, V>>, key: unknown): V | undefined {
    return (typeof key === 'string' || typeof key === 'number') && Object.hasOwn(table, key) ? table[key] : undefined;
}

function byConnection(facts: Facts): Named | undefined {
    if (facts.timeout === true) {
        return {code: 'timeout'};
    }
    const code = lookUp(networkKinds, facts.kind);
    return named(code, code === 'network' ? {problem: String(facts.kind)} : undefined);
}

function byStatus(status: unknown): Named | undefined {
    if (typeof status === 'number' && status >= 500 && status !== 504) {
        return {code: 'directory_unavailable'};
    }
    return named(lookUp(statuses, status));
}

function numbersOf(facts: Facts): number[] {
    return Array.isArray(facts.codes) ? facts.codes.filter((number) => typeof number === 'number') : [];
}

/** For the token endpoint, 401 and 403 do not concern tokens or consent: they are a refused sign-in. */
function tokenFault(facts: Facts): Named {
    const number = numbersOf(facts).find((candidate) => lookUp(signInNumbers, candidate));
    const refused = facts.status === 401 || facts.status === 403 || facts.status === 410;
    return named(lookUp(signInNumbers, number)) ??
        named(lookUp(signInErrors, facts.code)) ??
        byConnection(facts) ??
        (refused ? undefined : byStatus(facts.status)) ??
        {code: 'sign_in_failed'};
}

/** No answer, an answer that the host could not use, or a refusal without details. */
function withoutName(status: unknown): ErrorCode {
    if (typeof status !== 'number' || status === 0) {
        return 'network';
    }
    return status < 300 ? 'directory_answer_invalid' : 'directory_refused';
}

/** An incomplete answer proves nothing, and a 403 without a code is not Graph's: a filter on the way refuses with a page of its own. */
function graphFault(facts: Facts): Named {
    const code = typeof facts.code === 'string' ? facts.code.toLowerCase() : '';
    const isFiltered = facts.status === 403 && code === '';
    const fault = byConnection(facts) ??
        named(lookUp(graphCodes, code)) ??
        (isFiltered ? {code: 'directory_answer_invalid'} : byStatus(facts.status)) ??
        {code: withoutName(facts.status)};
    return named(facts.resource === 'groups' ? groupFaults[fault.code] : undefined) ?? fault;
}

/** `model.user.is_valid.<field>.app_error` */
const invalidUser = /^model\.user\.is_valid\.([a-z_]+)\.app_error$/;

function mattermostFault(facts: Facts): Named {
    const id = typeof facts.code === 'string' ? facts.code : '';
    const known = lookUp(mattermostIds, id);
    if (known) {
        return {code: known};
    }
    const field = invalidUser.exec(id)?.[1];
    if (field) {
        return field.startsWith('pwd') ? {code: 'password_invalid'} : {code: 'field_invalid', params: {field}};
    }
    if (id.includes('rejected_by_plugin')) {
        return {code: 'plugin_refused'};
    }
    if (facts.timeout === true) {
        return {code: 'timeout'};
    }
    return {code: id.startsWith('store.') ? 'database_failed' : 'mattermost_refused'};
}

function hostFault(facts: Facts): Named {
    const code = (errorCodes as readonly unknown[]).includes(facts.code) ? facts.code as ErrorCode : undefined;
    return named(code) ?? byConnection(facts) ?? {code: 'internal'};
}

function nameFault(facts: Facts): Named {
    switch (facts.origin) {
    case 'token':
        return tokenFault(facts);
    case 'graph':
        return graphFault(facts);
    case 'network':
        return byConnection(facts) ?? {code: 'network'};
    case 'mattermost':
        return mattermostFault(facts);
    default:
        return hostFault(facts);
    }
}

/** Microsoft's number says more than the OAuth code: `AADSTS7000215`. Our own codes are not raw codes. */
function rawCode(facts: Facts): string | undefined {
    const [number] = facts.origin === 'token' ? numbersOf(facts) : [];
    if (number !== undefined) {
        return `AADSTS${number}`;
    }
    return facts.origin === 'host' ? undefined : facts.code ?? facts.kind;
}

function rawOf(facts: Facts): RawFault | undefined {
    const raw: RawFault = {};
    if (typeof facts.status === 'number' && facts.status > 0) {
        raw.status = facts.status;
    }
    const texts = {code: rawCode(facts), message: facts.message, trace_id: facts.trace_id};
    for (const name of ['code', 'message', 'trace_id'] as const) {
        const text = texts[name];
        if (typeof text === 'string' && text !== '') {
            raw[name] = sanitizeText(text);
        }
    }
    return Object.keys(raw).length > 0 ? raw : undefined;
}

/**
 * Finds the error code of a failure. Never throws, whatever the facts are. The response of the remote system stays visible in
 * `raw`, without secrets.
 */
export function classify(facts: Facts): Fault {
    const {code, params} = nameFault(facts);
    const raw = rawOf(facts);
    return {code, ...(params && {params}), ...(raw && {raw})};
}
