import {isObjectId} from '../../object_id';
import type {DirectoryUser} from '../../types';

import {eachById} from '../context/by_id';
import type {RunContext} from '../context/run_context';
import {directoryAttributes} from './attributes';
import type {People} from './people';

/** Users who are asked for by id; more are no matter of replicas. */
const MAX_ASKED = 2000;

/**
 * Asks by id for users whom the list of users lacks, although groups or changes name them: the answers come from different replicas.
 * Those that the directory does not have by id, either, are asked for again in the next runs until the answers agree.
 */
export async function addUnlisted(
    people: People, named: readonly string[], add: (users: DirectoryUser[]) => Promise<void>, {policy, ports}: Pick<RunContext, 'policy' | 'ports'>,
): Promise<void> {
    const unlisted = named.filter((id) => !people.has(id) && isObjectId(id));
    if (unlisted.length === 0) {
        return;
    }
    let found = 0;
    await eachById(unlisted.slice(0, MAX_ASKED), directoryAttributes(policy), ports.directory, (users) => {
        found += users.length;
        return add(users);
    });
    await ports.log.write({
        level: 'warn', message: 'The list of users lacks users whom groups or changes name: they are read by object ID',
        fields: {users: unlisted.length, found, again: unlisted.length - found}});
}
