import {MemoryPorts} from '../../testing/memory_ports';
import {directoryUser} from '../../testing/people';
import type {StoredTenants} from '../../types';

import {run} from '../run';
import {chooseTenant} from './tenant';

const [MINE, OTHER] = ['11111111-aaaa-4000-8000-000000000000', '22222222-bbbb-4000-8000-000000000000'] as const;
const linked = (...names: string[]) => names.map((tenant_id) => ({tenant_id, links: 3}));

test.each<[string, Partial<StoredTenants>, {id: string; names?: Record<string, string>}, object]>([
    ['the first run', {written: 'corp.example'}, {id: MINE}, {tenant_id: MINE, carry: []}],
    ['an id in upper case', {written: MINE.toUpperCase(), tenants: linked(MINE)}, {id: MINE.toUpperCase()}, {tenant_id: MINE, carry: []}],
    ['links under the id in upper case', {written: MINE, tenants: linked(MINE.toUpperCase())}, {id: MINE}, {tenant_id: MINE, carry: [MINE.toUpperCase()]}],
    ['links under the name in the settings', {written: 'corp.example', tenants: linked('corp.example')}, {id: MINE}, {tenant_id: MINE, carry: ['corp.example']}],
    ['links under a name that Microsoft knows', {written: MINE, tenants: linked('corp.example')}, {id: MINE, names: {'corp.example': MINE}}, {tenant_id: MINE, carry: ['corp.example']}],
    ['links under a name of another tenant', {written: MINE, tenants: linked('corp.example')}, {id: MINE, names: {'corp.example': OTHER}},
        {code: 'tenant_changed', params: {tenant: MINE, other: 'corp.example', links: 3}}],
    ['links under a name that is not known', {written: MINE, tenants: linked('corp.example')}, {id: MINE}, {code: 'tenant_changed', params: {tenant: MINE, other: 'corp.example', links: 3}}],
    ['a tenant that Microsoft does not name', {written: 'corp.example', tenants: linked('corp.example')}, {id: ''}, {code: 'tenant_unknown', params: {tenant: 'corp.example'}}],
    ['an id that Microsoft does not confirm', {written: MINE, tenants: linked(MINE)}, {id: ''}, {tenant_id: MINE, carry: []}],
    ['a token of another tenant than the id in the settings', {written: MINE, tenants: linked(MINE)}, {id: OTHER}, {code: 'tenant_changed', params: {tenant: OTHER, other: MINE, links: 3}}],
    ['links of another tenant besides', {written: MINE, tenants: linked(MINE, OTHER)}, {id: MINE}, {code: 'tenant_changed', params: {tenant: MINE, other: OTHER, links: 3}}],
    ['another tenant without links', {written: MINE, tenants: [{tenant_id: OTHER, links: 0}]}, {id: MINE}, {tenant_id: MINE, carry: []}],
    ['a move that is agreed', {written: MINE, move_to: MINE.toUpperCase(), tenants: linked(OTHER)}, {id: MINE}, {tenant_id: MINE, carry: []}],
    ['a move to another one that is agreed', {written: MINE, move_to: OTHER, tenants: linked(OTHER)}, {id: MINE}, {code: 'tenant_changed', params: {tenant: MINE, other: OTHER, links: 3}}],
])('%s', (_, stored, {id, names = {}}, expected) => {
    expect(chooseTenant({written: '', move_to: '', tenants: [], ...stored}, {id, ids_of_names: new Map(Object.entries(names))})).toEqual(expected);
});

test.each(['preview', 'apply'] as const)('a run that would use another tenant stops before it reads and writes, in mode %s', async (mode) => {
    const ports = new MemoryPorts();
    ports.users = [directoryUser(1)];
    ports.tenant.linked = linked(OTHER);
    const outcome = await run({mode, user: '', policy: JSON.stringify({scope: {everyone: true}})}, ports);
    expect(outcome).toMatchObject({state: 'failed', error: {code: 'tenant_changed'}});
    expect(ports.calls).toEqual([]);
});
