import {directory, forgetStaleDirectory} from './directory';
import {serverAnswersAt} from './server_answers';

/** The number of users of the newest full read, and when it ended, in ms. Asks the server whether there is a newer one. */
export async function directorySize({revision}: {revision: string}): Promise<{people: number; read_at: number}> {
    serverAnswersAt(revision);
    await forgetStaleDirectory();
    const {users, read_at} = await directory();
    return {people: users.length, read_at};
}
