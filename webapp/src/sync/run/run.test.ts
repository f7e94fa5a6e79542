import {MemoryPorts} from '../testing/memory_ports';
import {account, directoryUser, objectId} from '../testing/people';
import type {RunRequest} from '../types';

import {run} from './run';

const kim = JSON.stringify({version: 1, scope: {allow: {display_name_contains: ['Kim']}}});
const apply: RunRequest = {mode: 'apply', user: '', policy: kim};
const preview: RunRequest = {...apply, mode: 'preview'};

function stage(people = 3): MemoryPorts {
    const ports = new MemoryPorts();
    ports.users = Array.from({length: people}, (_, at) => directoryUser(at + 1));
    return ports;
}

describe('an apply run', () => {
    test('creates the people in scope and links them', async () => {
        const ports = stage(3);
        ports.users.push(directoryUser(4, {displayName: 'Lee Person 4'}));
        const outcome = await run(apply, ports);
        expect(outcome).toMatchObject({state: 'succeeded', error: null, counts: {directory: 4, in_scope: 3, created: 3, failed: 0}});
        expect(ports.stored.map(({username, email, nickname, linked_object_id}) => [username, email, nickname, linked_object_id])).toEqual([
            ['person1', 'person1@example.com', 'Kim Person 1', objectId(1)],
            ['person2', 'person2@example.com', 'Kim Person 2', objectId(2)],
            ['person3', 'person3@example.com', 'Kim Person 3', objectId(3)],
        ]);
        expect(ports.history.map(({action, status, reason, account_id}) => [action, status, reason, account_id])).toEqual([
            ['create', 'done', 'new_person', 'account1'],
            ['create', 'done', 'new_person', 'account2'],
            ['create', 'done', 'new_person', 'account3'],
        ]);
    });

    test('a second time finds nothing to do and writes nothing, not even history', async () => {
        const ports = stage(3);
        await run(apply, ports);
        ports.calls = [];
        const outcome = await run(apply, ports);
        expect(outcome).toMatchObject({state: 'succeeded', counts: {unchanged: 3, created: 0, updated: 0}});
        expect(new Set(ports.calls)).toEqual(new Set(['directory.read_page', 'accounts.find', 'progress.report']));
    });

    test('adopts an account with the same e-mail and changes only what differs', async () => {
        const ports = stage(1);
        ports.stored = [account('old', {email: 'person1@example.com', nickname: 'Kim Person 1', first_name: 'P.', last_name: 'Kim'})];
        const outcome = await run(apply, ports);
        expect(outcome.counts).toMatchObject({updated: 1, created: 0});
        expect(ports.history[0]).toMatchObject({
            action: 'update', status: 'done', reason: 'adopted_by_email', account_id: 'old', username: 'old',
            fields: [{field: 'first_name', from: 'P.', to: 'Person 1'}, {field: 'position', from: '', to: 'Engineer'}],
        });
        expect(ports.stored[0]).toMatchObject({first_name: 'Person 1', position: 'Engineer', linked_object_id: objectId(1)});
    });
});

describe('a preview', () => {
    test('plans the same and writes nothing but the plan', async () => {
        const ports = stage(3);
        const outcome = await run(preview, ports);
        expect(outcome).toMatchObject({state: 'succeeded', counts: {created: 3}});
        expect(ports.history.map(({status}) => status)).toEqual(['planned', 'planned', 'planned']);
        expect(ports.writes).toEqual([]);
        expect(ports.calls).not.toContain('changes.finish');
    });
});
