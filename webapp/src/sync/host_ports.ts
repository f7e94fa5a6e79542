import {SyncError} from './errors';
import {classify, type Facts} from './faults/classify';
import {portNames, type Awaitable, type PortName, type Ports} from './ports';
import type {WriteResult} from './types';

/** What the Go engine passes to the bundle: each port by name, taking and returning plain values (server/engine/door.go). */
export type Host = Partial<Record<PortName, (request: unknown, inBackground: boolean) => unknown>>;

/** The Error that the Go side throws. `facts` is JSON text if the kind of failure is known. */
interface HostError extends Error {
    facts?: string;
}

function hostFault(error: HostError): SyncError {
    if (typeof error.facts === 'string') {
        return new SyncError(classify(JSON.parse(error.facts) as Facts), {cause: error});
    }
    return new SyncError({code: 'internal'}, {cause: error});
}

/** What the sync logic requests ahead of time, or several times at once. The requests continue while the script works. */
const background: readonly PortName[] = ['directory.read_page', 'directory.read_group_members', 'directory.list_groups', 'accounts.find', 'accounts.create'];

/** Waits when it is awaited, and not before: in goja, to wait is to block. It is awaited once. */
function whenAwaited<T>(wait: () => Promise<T>): PromiseLike<T> {
    return {then: (onFulfilled, onRejected) => wait().then(onFulfilled, onRejected)};
}

/** `wait` blocks until the host has the result of a port that works in the background. */
function inBackground(wait: () => unknown): PromiseLike<unknown> {
    return whenAwaited(async () => {
        try {
            return wait();
        } catch (error) {
            throw hostFault(error as HostError);
        }
    });
}

function callHost(host: Host, name: PortName, request: unknown): unknown {
    const port = host[name];
    if (!port) {
        throw new SyncError({code: 'internal', params: {port: name}});
    }
    if (background.includes(name)) {
        return inBackground(port(request, true) as () => unknown);
    }
    try {
        return port(request, false);
    } catch (error) {
        throw hostFault(error as HostError);
    }
}

/** The host knows only the facts of a failed write. The error code is chosen here. */
interface HostWrites {
    results: Array<{facts: Facts | null; [fact: string]: unknown}>;
}

function withFaults(answer: unknown): Awaitable<{results: WriteResult[]}> {
    return isPending(answer) ? whenAwaited(async () => writeResults(await answer)) : writeResults(answer);
}

function writeResults(answer: unknown): {results: WriteResult[]} {
    const results = (answer as HostWrites).results.map(({facts, ...result}) => ({...result, error: facts ? classify(facts) : null}));
    return {results: results as unknown as WriteResult[]};
}

function isPending(answer: unknown): answer is PromiseLike<unknown> {
    return typeof (answer as Partial<PromiseLike<unknown>> | null)?.then === 'function';
}

const writes: readonly PortName[] = ['accounts.create', 'accounts.update', 'accounts.set_active', 'memberships.join', 'memberships.leave', 'memberships.set_admin'];

/** The answer to a write of one thing. */
function withFault(answer: unknown): unknown {
    const {facts, ...result} = answer as {facts: Facts | null};
    return {...result, error: facts ? classify(facts) : null};
}

/** Gives the host's functions the shape of `Ports`. */
export function hostPorts(host: Host): Ports {
    const ports: Record<string, Record<string, (request: unknown) => unknown>> = {};
    for (const name of portNames) {
        const [ability = '', method = ''] = name.split('.');
        const call = (request: unknown) => callHost(host, name, request);
        ports[ability] ??= {};
        ports[ability][method] = call;
        if (writes.includes(name)) {
            ports[ability][method] = (request) => withFaults(call(request));
        } else if (name === 'memberships.create') {
            ports[ability][method] = (request) => withFault(call(request));
        }
    }
    return ports as unknown as Ports;
}
