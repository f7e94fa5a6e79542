import {spawn, type ChildProcess} from 'node:child_process';
import {resolve} from 'node:path';
import {createInterface} from 'node:readline';

/** What an account signs in to Mattermost with. */
export interface Account {
    username: string;
    password: string;
}

/** The introduction of a running scene, as written by e2e/cmd/scene. */
export interface Introduction {
    server: string;
    admin: Account;
    tenant: {url: string; ca: string; tenant_id: string; client_id: string; client_secret: string; control_key: string};
}

/** A scene in a separate process. It ends when `stop` is called, or when this process ends. */
export interface SceneProcess {
    introduction: Introduction;
    stop(): Promise<void>;
}

const e2e = resolve(__dirname, '..');

interface Options {

    /** The subpath of the server, such as '/chat'. */
    subpath?: string;

    /** The server has a license. Without one, no account can have a role that sees only parts of the console. */
    isLicensed?: boolean;

    /** The server is the oldest Mattermost that the plugin supports. */
    isOldest?: boolean;
}

/** Starts a scene in which nothing has been synced. */
export async function startScene({subpath = '', isLicensed = false, isOldest = false}: Options = {}): Promise<SceneProcess> {
    const build = spawn('go', ['build', '-o', '.build/scene', './cmd/scene'], {cwd: e2e, stdio: 'inherit'});
    if (await ending(build) !== 0) {
        throw new Error('the scene cannot be built');
    }
    const flags = ['-client-dir', '.build/host_page', '-subpath', subpath, `-licensed=${isLicensed}`, `-oldest=${isOldest}`];
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
