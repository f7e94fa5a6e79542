import {spawn, type ChildProcess} from 'node:child_process';
import {resolve} from 'node:path';
import {createInterface} from 'node:readline';

/** With what somebody signs in to Mattermost. */
export interface Account {
    username: string;
    password: string;
}

/** What a running scene says of itself, in the words of e2e/cmd/scene. */
export interface Introduction {
    server: string;
    admin: Account;
    tenant: {url: string; ca: string; tenant_id: string; client_id: string; client_secret: string; control_key: string};
}

/** A scene in a process of its own. It ends when `stop` is called, or when this process does. */
export interface SceneProcess {
    introduction: Introduction;
    stop(): Promise<void>;
}

const e2e = resolve(__dirname, '..');

interface Options {

    /** Where the server lives below its host, such as '/chat'. */
    subpath?: string;

    /** The server has a licence, without which nobody can be given the roles that see only parts of the console. */
    isLicensed?: boolean;
}

/** Sets a scene in which nothing has been synced. */
export async function startScene({subpath = '', isLicensed = false}: Options = {}): Promise<SceneProcess> {
    const build = spawn('go', ['build', '-o', '.build/scene', './cmd/scene'], {cwd: e2e, stdio: 'inherit'});
    if (await ending(build) !== 0) {
        throw new Error('the scene cannot be built');
    }
    const flags = ['-client-dir', '.build/host_page', '-subpath', subpath, `-licensed=${isLicensed}`];
    const child = spawn('.build/scene', flags, {cwd: e2e, stdio: ['pipe', 'pipe', 'inherit']});
    const ended = ending(child);
    const line = await Promise.race([
        new Promise<string>((settle) => createInterface(child.stdout).once('line', settle)),
        ended.then(() => {
            throw new Error('the scene ended before it said where it is');
        }),
    ]);
    return {
        introduction: JSON.parse(line) as Introduction,
        stop: async () => {
            child.stdin.end();
            await ended;
        },
    };
}

function ending(child: ChildProcess): Promise<number | null> {
    return new Promise((settle, fail) => {
        child.once('exit', settle);
        child.once('error', fail);
    });
}
