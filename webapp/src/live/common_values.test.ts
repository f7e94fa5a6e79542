/** @jest-environment jsdom */
import {MemoryPorts} from '../sync/testing/memory_ports';
import {directoryUser} from '../sync/testing/people';
import type {FakeServer} from '../testing/fake_server';
import {liveServer} from '../testing/live_server';

import {askLive} from './ask';

let server: FakeServer;
const ask = (attribute: string) => askLive('common_values', {attribute, revision: 'values'});

beforeEach(() => {
    const ports = new MemoryPorts();
    const departments = ['Sales', 'Design', 'Sales', '  ', null, 'Design', 'Sales', 'Board'];
    ports.users = departments.map((department, at) => directoryUser(at, {
        department, otherMails: ['shared@b.example', `${at}@b.example`], onPremisesExtensionAttributes: {extensionAttribute3: at < 3 ? 'chat' : null}}));
    server = liveServer(ports, 1);
    server.install();
});

afterEach(() => server.uninstall());

test.each([
    ['department', ['Sales', 'Design']],
    ['otherMails', ['shared@b.example']],
    ['onPremisesExtensionAttributes.extensionAttribute3', ['chat']],
    ['accountEnabled', ['true']],
    ['displayName', []],
    ['city', []],
    ['shoeSize', []],
])('the values that users share in %s', async (attribute, values) => {
    expect(await ask(attribute)).toEqual(values);
});
