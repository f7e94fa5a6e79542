/* Runs that follow the changes of a directory, and what tests look at afterwards. */
import {run} from '../run/run';
import type {RunRequest} from '../types';

import {smallScene} from './guards';
import {MemoryPorts} from './memory_ports';
import {directoryUser} from './people';

const TEN_DAYS = 864_000_000;

/** A full run that stores where changes begin, under a policy for users named Kim and `parts`. */
export function full(parts: object = {}): RunRequest {
    const policy = JSON.stringify({scope: {allow: {display_name_contains: ['Kim']}}, guard: smallScene, ...parts});
    return {mode: 'apply', user: '', reading: 'full', follows_changes: true, policy, policy_digest: policy};
}

export function incremental(parts: object = {}): RunRequest {
    return {...full(parts), reading: 'incremental'};
}

/** A company of `people`, each with an account. Their changes are read from here on. */
export async function company(people: number): Promise<MemoryPorts> {
    const ports = new MemoryPorts();
    ports.now = TEN_DAYS;
    ports.pageSize = 999;
    ports.users = Array.from({length: people}, (_, at) => directoryUser(at + 1));
    expect(await run(full(), ports)).toMatchObject({state: 'succeeded', counts: {created: people}});
    clear(ports);
    return ports;
}

/** Forgets what has been written and asked. */
export function clear(ports: MemoryPorts): void {
    ports.history = [];
    ports.calls = [];
}

/** The history in short, in alphabetical order. */
export function lines(ports: MemoryPorts): string[] {
    return ports.history.map(({action, status, reason}) => `${action} ${status} ${reason}`).sort();
}

export const directoryCalls = (ports: MemoryPorts) => ports.calls.filter((port) => port.startsWith('directory.'));

/** What the next incremental run begins with. */
export const kept = (ports: MemoryPorts) => JSON.parse(ports.kept.get('delta')!) as {delta: string; again: object[]};
