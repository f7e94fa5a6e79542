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
        expect(kept(ports).again).toEqual([{object_id: objectId(4), cause: ''}]);
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
    expect(kept(ports).again).toEqual([{object_id: left!.id, cause: 'soft_deleted'}]);
    ports.directory.get = get;
    expect((await run(incremental(), ports)).counts).toMatchObject({deactivated: 1});
    expect(isActive(ports.stored, 1)).toBe(false);
    expect(kept(ports).again).toEqual([]);
});
