import {clear, company, full, incremental, kept} from '../../testing/followed';
import {directoryUser, objectId} from '../../testing/people';

import {run} from '../run';

const isActive = (stored: {linked_object_id: string; delete_at: number}[], number: number) =>
    stored.some(({linked_object_id, delete_at}) => linked_object_id === objectId(number) && delete_at === 0);

test('a new user of whom a replica does not know yet is asked for again until it does', async () => {
    const ports = await company(3);
    ports.users.push(directoryUser(4));
    const {get} = ports.directory;
    ports.directory.get = () => ({users: []});
    for (let round = 0; round < 3; round++) {
        expect(await run(incremental(), ports)).toMatchObject({reading: 'incremental', counts: {created: 0}});
        expect(kept(ports).again).toEqual([{object_id: objectId(4), cause: '', since: ports.now}]);
    }
    ports.directory.get = get;
    expect((await run(incremental(), ports)).counts).toMatchObject({created: 1});
    expect(kept(ports).again).toEqual([]);
    clear(ports);
    expect((await run(full(), ports)).counts).toMatchObject({created: 0, unchanged: 4});
});

test('a removed user whom a replica still has is asked for again until it is gone', async () => {
    const ports = await company(3);
    const [left] = ports.users.splice(0, 1);
    const {get} = ports.directory;
    ports.directory.get = () => ({users: [left!]});
    expect((await run(incremental(), ports)).counts).toMatchObject({deactivated: 0});
    expect(kept(ports).again).toEqual([{object_id: left!.id, cause: 'soft_deleted', since: ports.now}]);
    ports.directory.get = get;
    expect((await run(incremental(), ports)).counts).toMatchObject({deactivated: 1});
    expect(isActive(ports.stored, 1)).toBe(false);
    expect(kept(ports).again).toEqual([]);
});

const HOUR = 3_600_000;

/** A user whom only the changes name: neither the list nor an answer by id has the user. */
async function onlyInChanges() {
    const ports = await company(3);
    const {get, read_page} = ports.directory;
    ports.users.push(directoryUser(4));
    ports.directory.get = () => ({users: []});
    await run(incremental(), ports);
    ports.directory.read_page = async (query) => {
        const page = await read_page(query);
        return {...page, users: page.users.filter(({id}) => id !== objectId(4))};
    };
    return {ports, get};
}

test.each([['', {}], [' under another policy', {lifecycle: {update: false}}]])('a full run%s reads a new user by id whom its list lacks', async (_, parts) => {
    const {ports, get} = await onlyInChanges();
    ports.directory.get = get;
    expect((await run(full(parts), ports)).counts).toMatchObject({created: 1});
    expect(kept(ports).again).toEqual([]);
});

test('a new user whom a full run does not find is asked for again in the next runs', async () => {
    const {ports, get} = await onlyInChanges();
    const since = ports.now;
    ports.now += HOUR;
    expect((await run(full(), ports)).counts).toMatchObject({created: 0});
    expect(kept(ports).again).toEqual([{object_id: objectId(4), cause: '', since}]);
    ports.directory.get = get;
    expect((await run(incremental(), ports)).counts).toMatchObject({created: 1});
    expect(kept(ports).again).toEqual([]);
});

test('after a day, full runs are believed', async () => {
    const {ports} = await onlyInChanges();
    ports.now += 25 * HOUR;
    await run(full(), ports);
    expect(kept(ports).again).toEqual([]);
});

test('a removed user whom a full run still lists is deactivated as soon as an answer by id agrees', async () => {
    const ports = await company(3);
    const [left] = ports.users.splice(0, 1);
    const {get} = ports.directory;
    ports.directory.get = () => ({users: [left!]});
    await run(incremental(), ports);
    const {read_page} = ports.directory;
    ports.directory.read_page = async (query) => {
        const page = await read_page(query);
        return {...page, users: [left!, ...page.users]};
    };
    ports.now += HOUR;
    expect((await run(full(), ports)).counts).toMatchObject({deactivated: 0});
    expect(kept(ports).again).toMatchObject([{object_id: left!.id, cause: 'soft_deleted'}]);
    ports.directory.get = get;
    expect((await run(incremental(), ports)).counts).toMatchObject({deactivated: 1});
    expect(kept(ports).again).toEqual([]);
});
