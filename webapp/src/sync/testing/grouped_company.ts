import {run} from '../run/run';

import {clear, full, incremental} from './followed';
import {MemoryPorts} from './memory_ports';
import {directoryUser, objectId} from './people';

export const [OUTER, INNER, OTHER] = [1, 2, 3].map((number) => `bbbbbbbb-0000-4000-8000-00000000000${number}`) as [string, string, string];
export const HOUR = 3_600_000;

/** A policy with a group in the scope, and its runs. */
export const grouped = {scope: {allow: {groups: [OUTER]}}, lifecycle: {leavers: {missing_reads: 2}}};
export const fullRun = full(grouped);
export const followed = incremental(grouped);

/** Four users, of whom the first is in a group and the second in a group within it. */
export async function groupedCompany(): Promise<MemoryPorts> {
    const ports = new MemoryPorts();
    ports.now = 10 * HOUR;
    ports.pageSize = 999;
    ports.users = [1, 2, 3, 4].map((number) => directoryUser(number));
    ports.groups = {[OUTER]: [objectId(1), INNER], [INNER]: [objectId(2)], [OTHER]: [objectId(4)]};
    expect(await run(fullRun, ports)).toMatchObject({state: 'succeeded', counts: {created: 2}});
    clear(ports);
    return ports;
}

/** What is kept about groups for the next run. */
export function groupState(ports: MemoryPorts): {again: object[]} | null {
    return JSON.parse(ports.kept.get('groups') || 'null') as {again: object[]} | null;
}
