import {MemoryPorts} from '../../testing/memory_ports';
import {directoryUser} from '../../testing/people';
import type {RunRequest} from '../../types';

import {run} from '../run';

const mapped: RunRequest = {mode: 'apply', user: '', policy: JSON.stringify({
    scope: {everyone: true},
    mapping: {attributes: {Team: {sources: ['department']}, Office: {sources: ['officeLocation'], when: 'on_create'}}},
})};

function company(...names: string[]): MemoryPorts {
    const ports = new MemoryPorts();
    ports.users = [directoryUser(1, {department: 'Platform', officeLocation: 'Seoul'}), directoryUser(2, {department: 'Sales', officeLocation: 'Busan'})];
    ports.attributeFields = names.map((name) => ({id: `field-${name}`, group_id: 'cpa', name, type: 'text', value_type: '', is_synced: false}));
    return ports;
}

function values(ports: MemoryPorts): string[] {
    return ports.attributeValues.map(({account_id, field_id, value}) => `${account_id} ${field_id} ${value}`).sort();
}

test('new accounts get the attributes that the policy maps, and the history says so', async () => {
    const ports = company('Team', 'Office');
    expect(await run(mapped, ports)).toMatchObject({state: 'succeeded', counts: {created: 2}});
    expect(values(ports)).toEqual(['account1 field-Office Seoul', 'account1 field-Team Platform', 'account2 field-Office Busan', 'account2 field-Team Sales']);
    expect(ports.history[0]!.fields).toContainEqual({field: 'attribute', name: 'Team', from: '', to: 'Platform'});
});

test('later runs write only what differs, and find what was changed', async () => {
    const ports = company('Team', 'Office');
    await run(mapped, ports);
    expect((await run(mapped, ports)).counts).toMatchObject({unchanged: 2, updated: 0});
    ports.attributeValues.find(({value}) => value === 'Platform')!.value = 'Elsewhere';
    Object.assign(ports.users[1]!, {officeLocation: 'Jeju', jobTitle: 'Lead'});
    ports.history = [];
    expect((await run(mapped, ports)).counts).toMatchObject({unchanged: 0, updated: 2});
    expect(ports.history.map(({fields}) => fields.map(({field, name = '', from, to}) => `${field} ${name} ${from} ${to}`))).toEqual([
        ['attribute Team Elsewhere Platform'], ['position  Engineer Lead'],
    ]);
    expect(values(ports)).toContain('account1 field-Team Platform');
    expect((await run(mapped, ports)).counts).toMatchObject({unchanged: 2});
});

test('an attribute that the server does not have is reported once, and the rest is done', async () => {
    const ports = company('Team');
    expect(await run(mapped, ports)).toMatchObject({state: 'partial', error: {code: 'attributes_unusable', params: {names: 'Office'}}, counts: {created: 2, failed: 0}});
    expect(values(ports)).toEqual(['account1 field-Team Platform', 'account2 field-Team Sales']);
});

test('a policy without attributes asks for none', async () => {
    const ports = company('Team');
    await run({...mapped, policy: '{"scope":{"everyone":true}}'}, ports);
    expect(ports.calls.filter((port) => port.includes('attribute'))).toEqual([]);
});
