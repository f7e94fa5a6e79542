import {SyncError} from '../../errors';
import {clear, company, directoryCalls, full, incremental, kept, lines} from '../../testing/followed';
import {directoryUser, objectId} from '../../testing/people';

import {run} from '../run';

test('does what the changes require, and reads no other user', async () => {
    const ports = await company(6);
    ports.users[0]!.jobTitle = 'Lead';
    ports.users[1]!.accountEnabled = false;
    ports.users[2]!.displayName = 'Lee Person 3';
    ports.delta.erased.add(objectId(5));
    ports.users.splice(3, 2);
    ports.users.push(directoryUser(7), directoryUser(8, {displayName: 'Lee Person 8'}));
    expect(await run(incremental(), ports)).toMatchObject({
        state: 'succeeded', reading: 'incremental', counts: {directory: 5, in_scope: 3, created: 1, updated: 1, deactivated: 4, unchanged: 0},
    });
    expect(lines(ports)).toEqual([
        'create done new_person', 'deactivate done disabled', 'deactivate done hard_deleted', 'deactivate done out_of_scope',
        'deactivate done soft_deleted', 'update done attributes_changed',
    ]);
    expect(directoryCalls(ports)).toEqual(['directory.read_delta', 'directory.get']);
});

test('without changes there is nothing to read and to do', async () => {
    const ports = await company(3);
    expect(await run(incremental(), ports)).toMatchObject({state: 'succeeded', counts: {directory: 0, unchanged: 0}});
    expect(directoryCalls(ports)).toEqual(['directory.read_delta']);
    expect(ports.writes).toEqual([]);
});

test('a user who is back gets the account back', async () => {
    const ports = await company(2);
    const [kim] = ports.users.splice(0, 1);
    await run(incremental(), ports);
    ports.users.push(kim!);
    clear(ports);
    expect(await run(incremental(), ports)).toMatchObject({reading: 'incremental', counts: {reactivated: 1}});
    expect(ports.stored.every(({delete_at}) => delete_at === 0)).toBe(true);
});

test('a user who is reported as removed but exists is judged again', async () => {
    const ports = await company(2);
    ports.delta.paginate = (changes) => [changes.map(({id}) => ({id, '@removed': {reason: 'changed'}}))];
    ports.users[0]!.jobTitle = 'Lead';
    expect(await run(incremental(), ports)).toMatchObject({counts: {updated: 1, deactivated: 0}});
});

test('a user who is gone without a reported removal is left to later changes', async () => {
    const ports = await company(3);
    ports.users[0]!.jobTitle = 'Lead';
    const [kim] = ports.users;
    ports.delta.paginate = (changes) => {
        ports.users = ports.users.filter((user) => user !== kim);
        return [changes];
    };
    expect(await run(incremental(), ports)).toMatchObject({state: 'succeeded', counts: {deactivated: 0, skipped: 0}});
    expect(await run(incremental(), ports)).toMatchObject({counts: {deactivated: 1}});
    expect(lines(ports)).toEqual(['deactivate done soft_deleted']);
});

test('a user who changes during a full read is read again', async () => {
    const ports = await company(3);
    let pages = 0;
    ports.intercept = (port) => {
        if (port === 'directory.read_page' && ++pages === 1) {
            ports.users[0]!.jobTitle = 'Lead';
        }
    };
    await run(full(), ports);
    expect(directoryCalls(ports).slice(0, 2)).toEqual(['directory.read_delta', 'directory.read_page']);
    clear(ports);
    expect(await run(incremental(), ports)).toMatchObject({counts: {directory: 1, unchanged: 1}});
});

test('changes that failed are tried again, also those of users who are gone', async () => {
    const ports = await company(4);
    const {set_active, create} = ports.accounts;
    ports.accounts.set_active = ({accounts}) => ({results: accounts.map(() => ({account_id: '', delete_at: 0, error: {code: 'mattermost_refused'}}))});
    ports.accounts.create = ({accounts}) => ({results: accounts.map(() => ({account_id: '', error: {code: 'mattermost_refused'}}))});
    ports.delta.erased.add(objectId(1));
    ports.users.splice(0, 1);
    ports.users.push(directoryUser(9));
    expect(await run(incremental(), ports)).toMatchObject({state: 'partial', counts: {failed: 2}});
    expect(kept(ports).again).toEqual([{object_id: objectId(1), cause: 'hard_deleted'}, {object_id: objectId(9), cause: ''}]);
    Object.assign(ports.accounts, {set_active, create});
    clear(ports);
    expect(await run(incremental(), ports)).toMatchObject({state: 'succeeded', counts: {created: 1, deactivated: 1}});
    expect(lines(ports)).toEqual(['create done new_person', 'deactivate done hard_deleted']);
    expect(kept(ports).again).toEqual([]);
});

test('a run that breaks off leaves its changes to the next one', async () => {
    const ports = await company(2);
    ports.users[0]!.jobTitle = 'Lead';
    ports.intercept = (port) => {
        if (port === 'accounts.update') {
            throw new SyncError({code: 'lock_lost'});
        }
    };
    expect(await run(incremental(), ports)).toMatchObject({state: 'failed', reading: 'incremental'});
    ports.intercept = () => undefined;
    expect(await run(incremental(), ports)).toMatchObject({counts: {updated: 1}});
});

test('a user who is deleted and created again gets the account if the policy says so, since the directory reports the old one as removed', async () => {
    const relinking = {accounts: {matching: ['link', 'email'], recreated: 'relink'}};
    const ports = await company(3);
    await run(full(relinking), ports);
    clear(ports);
    ports.delta.erased.add(objectId(1));
    ports.users[0] = directoryUser(1, {id: objectId(91)});
    expect(await run(incremental(relinking), ports)).toMatchObject({reading: 'incremental', state: 'held', counts: {held: 1, updated: 0, deactivated: 1}});
    expect(lines(ports)).toEqual(['deactivate done hard_deleted', 'update held relinked']);
    expect(ports.stored[0]).toMatchObject({linked_object_id: objectId(1)});
});

test('a preview says what a run would do, and keeps nothing', async () => {
    const ports = await company(3);
    ports.users[0]!.jobTitle = 'Lead';
    ports.users.pop();
    const before = ports.kept.get('delta');
    const preview = await run({...incremental(), mode: 'preview'}, ports);
    expect(preview).toMatchObject({state: 'succeeded', reading: 'incremental', counts: {updated: 1, deactivated: 1}});
    expect([ports.writes, ports.kept.get('delta')]).toEqual([[], before]);
    expect((await run(incremental(), ports)).counts).toEqual(preview.counts);
});

test('the guard counts against all linked users', async () => {
    const ports = await company(40);
    ports.users.splice(0, 6);
    expect(await run(incremental(), ports)).toMatchObject({state: 'held', hold: {kinds: [{kind: 'deactivations', count: 6, total: 40}]}});
    expect(ports.stored.every(({delete_at}) => delete_at === 0)).toBe(true);
});

test('two newcomers with one address are found out, also when they come one after the other', async () => {
    const ports = await company(2);
    ports.users.push(directoryUser(7, {mail: 'both@example.com'}), directoryUser(8, {mail: 'both@example.com'}));
    expect(await run(incremental(), ports)).toMatchObject({counts: {created: 0, conflicts: 2}});
    ports.users[3]!.jobTitle = 'Lead';
    expect(await run(incremental(), ports)).toMatchObject({counts: {created: 0, conflicts: 2}});
    ports.users[3]!.mail = 'own@example.com';
    expect(await run(incremental(), ports)).toMatchObject({counts: {created: 2, conflicts: 0}});
});
