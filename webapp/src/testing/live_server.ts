import type {SyncError} from '../sync/errors';
import type {MemoryPorts} from '../sync/testing/memory_ports';

import {FakeServer, type FakeRequest} from './fake_server';

const lookups = [
    'accounts.find', 'accounts.taken_usernames', 'accounts.room', 'accounts.server_rules', 'accounts.attribute_fields', 'accounts.attribute_values',
    'links.list_active', 'changes.list_recent', 'changes.list_open', 'retries.list', 'directory.read_group_members',
    'memberships.accounts', 'memberships.targets', 'memberships.present', 'memberships.ledger', 'memberships.created', 'memberships.taken', 'memberships.recent_leaves', 'directory.list_groups', 'directory.list_groups',
] as const;

/** A server that answers with the directory and the look-ups of `ports`. */
export function liveServer(ports: MemoryPorts, readAt: number): FakeServer {
    const server = new FakeServer();
    serveLive(server, ports, readAt);
    return server;
}

export function serveLive(server: FakeServer, ports: MemoryPorts, readAt: number): void {
    server.onRequest('GET /directory', ({query}) => {
        const [page, size] = [Number(query.page), Number(query.per_page)];
        const users = ports.users.slice(page * size, (page + 1) * size);
        return {status: 200, body: {users, total: ports.users.length, page, per_page: size, read_at: readAt}};
    });
    lookups.forEach((name) => server.onRequest(`POST /lookups/${name}`, (request) => answerOf(ports, name, request)));
}

function answerOf(ports: MemoryPorts, name: string, {body}: FakeRequest): {status: number; body: unknown} {
    const [port, method] = name.split('.') as [keyof MemoryPorts, string];
    try {
        return {status: 200, body: (ports[port] as unknown as Record<string, (input: unknown) => unknown>)[method]!(body)};
    } catch (error) {
        const {fault} = error as SyncError;
        return {status: 400, body: {...fault, message: `refused: ${fault.code}`, hint: ''}};
    }
}
