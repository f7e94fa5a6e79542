import type {Ports} from '../sync/ports';
import type {MemoryPorts} from '../sync/testing/memory_ports';

import type {FakeServer} from './fake_server';

/** Lets the server answer what the worker asks for: the directory as it was read last, and the lookups of a run. */
export function answerLive(server: FakeServer, memory: MemoryPorts, read_at = 1): void {
    server.onRequest('GET /directory', ({query}) => {
        const per_page = Number(query.per_page);
        const page = Number(query.page);
        return {status: 200, body: {users: memory.users.slice(page * per_page, (page + 1) * per_page), total: memory.users.length, page, per_page, read_at}};
    });
    const {find, taken_usernames, attribute_fields, attribute_values} = memory.accounts;
    const lookups: Partial<Record<`accounts.${keyof Ports['accounts']}`, unknown>> = {
        'accounts.find': find, 'accounts.taken_usernames': taken_usernames, 'accounts.attribute_fields': attribute_fields, 'accounts.attribute_values': attribute_values,
    };
    Object.entries(lookups).forEach(([name, port]) => server.onRequest(`POST /lookups/${name}`, ({body}) => (
        {status: 200, body: (port as (input: unknown) => unknown)(body)})));
}
