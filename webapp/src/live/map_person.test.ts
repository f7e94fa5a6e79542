/**
 * @jest-environment jsdom
 * @jest-environment-options {"customExportConditions": ["node", "require", "default"]}
 */
import fc from 'fast-check';

import {run} from '../sync/run/run';
import {anyMapping} from '../sync/testing/mappings';
import {MemoryPorts} from '../sync/testing/memory_ports';
import {account, directoryUser, objectId} from '../sync/testing/people';
import type {AccountField, AttributeField} from '../sync/types';
import {FakeServer} from '../testing/fake_server';
import {serveLive} from '../testing/live_server';

import {mapPerson, type MappedField} from './map_person';

const server = new FakeServer();
let memory: MemoryPorts;
let revision = 0;

const team: AttributeField = {id: 'f1', group_id: 'g', name: 'Team', type: 'text', value_type: '', is_synced: false};

beforeEach(() => {
    server.install();
    memory = new MemoryPorts();
    memory.users = [directoryUser(1, {mail: 'minsu.kim@example.com', displayName: 'Kim Minsu', department: 'Platform'})];
    serveLive(server, memory, 1);
});
afterEach(() => server.uninstall());

function mapFirst(document: object) {
    return mapPerson({document, object_id: objectId(1), revision: `map ${++revision}`});
}

function field(fields: MappedField[], name: string): MappedField {
    return fields.find((each) => (each.name ?? each.field) === name)!;
}

function linked(fields: Parameters<typeof account>[1] = {}) {
    return account('account1', {
        linked_object_id: objectId(1), username: 'minsu.kim', email: 'minsu.kim@example.com', nickname: 'Kim Minsu', first_name: 'Person 1', last_name: 'Kim',
        position: 'Engineer', locale: 'ko', ...fields,
    });
}

test('a user without an account gets one', async () => {
    const {decision, username, fields, unread} = await mapFirst({mapping: {nickname: {sources: ['{displayName} ({department})']}}});

    expect(decision).toMatchObject({action: 'create', reason: 'new_person'});
    expect({username, unread}).toEqual({username: '', unread: []});
    expect(field(fields, 'nickname')).toMatchObject({now: null, made: 'Kim Minsu (Platform)', after: 'Kim Minsu (Platform)', is_written: true});
    expect(field(fields, 'username')).toMatchObject({now: null, made: 'minsu.kim', after: 'minsu.kim', is_written: true});
    expect(field(fields, 'auth_data')).toMatchObject({made: objectId(1), is_written: false});
});

test('a new account that signs in by single sign-on gets its auth data', async () => {
    const {fields} = await mapFirst({accounts: {sign_in: {method: 'single_sign_on', service: 'saml'}}, mapping: {auth_data: {sources: ['mail']}}});

    expect(field(fields, 'auth_data')).toMatchObject({now: null, after: 'minsu.kim@example.com', is_written: true});
});

test('who is not allowed by the policy is mapped as well', async () => {
    const {decision} = await mapFirst({scope: {deny: {object_id: [objectId(1)]}}});

    expect(decision).toMatchObject({action: 'create'});
});

test('of an account only what differs and may be written is written', async () => {
    memory.stored = [linked({nickname: 'Minsu', position: 'Lead', locale: 'en'})];

    const {decision, username, fields} = await mapFirst({mapping: {position: {when: 'when_empty'}}});

    expect(decision).toMatchObject({action: 'update', reason: 'attributes_changed'});
    expect(username).toBe('minsu.kim');
    expect(field(fields, 'nickname')).toMatchObject({now: 'Minsu', made: 'Kim Minsu', after: 'Kim Minsu', is_written: true});
    expect(field(fields, 'position')).toMatchObject({now: 'Lead', made: 'Engineer', after: 'Lead', is_written: false});
    expect(field(fields, 'locale')).toMatchObject({now: 'en', made: 'ko', after: 'en', is_written: false});
    expect(field(fields, 'first_name')).toMatchObject({now: 'Person 1', made: 'Person 1', after: 'Person 1', is_written: false});
});

test('nothing is written of an account that is as it should be, and nothing while updates are off', async () => {
    memory.stored = [linked()];
    expect((await mapFirst({})).decision).toMatchObject({action: 'skip', reason: 'up_to_date'});

    memory.stored = [linked({nickname: 'Minsu'})];
    const {fields} = await mapFirst({lifecycle: {update: false}});
    expect(fields.filter(({is_written}) => is_written)).toEqual([]);
});

test('changed addresses are shown as changes', async () => {
    memory.stored = [linked({username: 'old.name', email: 'old@example.com'})];

    const {fields} = await mapFirst({mapping: {username: {when: 'always'}}});

    expect(field(fields, 'email')).toMatchObject({now: 'old@example.com', after: 'minsu.kim@example.com', is_written: true});
    expect(field(fields, 'username')).toMatchObject({now: 'old.name', after: 'minsu.kim', is_written: true});
});

test('a username that is taken gets a number', async () => {
    memory.takenNames.add('minsu.kim');

    expect(field((await mapFirst({})).fields, 'username')).toMatchObject({made: 'minsu.kim', after: 'minsu.kim1'});
});

test('what does not fit is shortened or refused, and an address that is none is named', async () => {
    memory.users = [directoryUser(1, {mail: 'not an address', userPrincipalName: null, displayName: 'x'.repeat(80), preferredLanguage: 'tlh'})];

    const {decision, fields} = await mapFirst({mapping: {timezone: {sources: ['jobTitle']}}});

    expect(decision).toMatchObject({action: 'skip', reason: 'invalid_email'});
    expect(field(fields, 'nickname')).toMatchObject({made: 'x'.repeat(64), is_shortened: true});
    expect(field(fields, 'locale')).toMatchObject({refused: 'tlh'});
    expect(field(fields, 'timezone')).toMatchObject({made: '', refused: 'Engineer'});
    expect(field(fields, 'email')).toMatchObject({fault: 'invalid_email'});
});

test('user attributes that the server has are mapped, the others are left out', async () => {
    memory.stored = [linked()];
    memory.attributeFields = [team, {...team, id: 'f2', name: 'Site', value_type: 'url'}];
    memory.attributeValues = [{account_id: 'account1', field_id: 'f1', value: 'Sales'}];

    const {fields} = await mapFirst({mapping: {attributes: {Team: {sources: ['department']}, Site: {sources: ['department']}, Nowhere: {sources: ['city']}}}});

    expect(field(fields, 'Team')).toMatchObject({field: 'attribute', now: 'Sales', made: 'Platform', after: 'Platform', is_written: true});
    expect(field(fields, 'Nowhere')).toBeUndefined();
    expect(field(fields, 'Site')).toMatchObject({now: '', is_written: false});
});

test('attributes that the newest read has not asked for are named', async () => {
    const {fields, unread} = await mapFirst({mapping: {position: {sources: ['{city}, {department}']}, nickname: {sources: ['onPremisesExtensionAttributes.extensionAttribute4']}}});

    expect(unread.sort()).toEqual(['city', 'onPremisesExtensionAttributes.extensionAttribute4']);
    expect(field(fields, 'position')).toMatchObject({made: null, is_written: false});
});

test('a choice of which nothing was read is not known, and a time zone that is not mapped stays', async () => {
    memory.stored = [linked({timezone: 'Asia/Seoul'})];

    const {fields} = await mapFirst({mapping: {locale: {sources: ['usageLocation'], when: 'always'}}});

    expect(field(fields, 'locale')).toMatchObject({now: 'ko', made: null, is_written: false});
    expect(field(fields, 'timezone')).toMatchObject({now: 'Asia/Seoul', made: 'Asia/Seoul', is_written: false});
});

test('a user who is no longer in the directory, and a policy that has faults', async () => {
    await expect(mapPerson({document: {}, object_id: objectId(9), revision: `map ${++revision}`})).resolves.toEqual({decision: null, username: '', fields: [], unread: []});
    await expect(mapFirst({mapping: {nickname: {sources: ['nickname']}}})).rejects.toMatchObject({fault: {code: 'policy_invalid', path: 'Policy.mapping.nickname.sources[0]'}});
});

test('a lookup that fails is reported', async () => {
    server.on('POST /lookups/accounts.find', {code: 'database_failed', message: 'm', hint: 'h'}, 500);

    await expect(mapFirst({})).rejects.toMatchObject({fault: {code: 'database_failed'}});
});

test('under any policy, what is shown is what a sync then writes', async () => {
    await fc.assert(fc.asyncProperty(anyMapping, fc.boolean(), async (mapping, hasAccount) => {
        memory.stored = hasAccount ? [linked({nickname: 'Minsu', position: ''})] : [];
        memory.attributeFields = [team];
        memory.attributeValues = [];
        const policy = {mapping};

        const {fields} = await mapFirst(policy);
        await run({mode: 'apply', user: objectId(1), policy: JSON.stringify({...policy, scope: {everyone: true}, guard: {email_changes: {more_than: 9}}})}, memory);

        const [stored] = memory.stored;
        const values = (name: string) => (name === 'Team' ? memory.attributeValues.find(({account_id}) => account_id === stored?.id)?.value ?? '' : stored?.[name as AccountField]);
        for (const each of fields.filter(({field: name, is_written}) => name !== 'auth_data' && (is_written || hasAccount))) {
            expect([each.field, values(each.name ?? each.field)]).toEqual([each.field, each.after]);
        }
        expect(fields.some(({is_written}) => is_written)).toBe(memory.writes.some((port) => ['accounts.create', 'accounts.update'].includes(port)));
        memory.calls = [];
    }), {numRuns: 150});
});
