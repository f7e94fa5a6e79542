import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {request, type RequestOptions} from 'node:https';
import {resolve} from 'node:path';
import {createInterface} from 'node:readline';

/** The introduction of a running tenant, as written by e2e/tenant/cmd/tenant. */
type Introduction = {
    url: string;
    ca_file: string;
    tenant_id: string;
    client_id: string;
    client_secret: string;
    control_key: string;
};

type Answer = {status: number; headers: Record<string, string>; body: string};

/** A simulated tenant in a separate process. It ends when stop is called, or when this process ends. */
export type Tenant = Introduction & {
    ca: string;
    /** Sends a request to a route under /_control, and fails unless it succeeds. */
    control: (method: string, path: string, body?: unknown) => Promise<unknown>;
    stop: () => Promise<void>;
};

export async function startTenant(): Promise<Tenant> {
    const child = spawn('go', ['run', './tenant/cmd/tenant'], {cwd: resolve(__dirname, '..'), stdio: ['pipe', 'pipe', 'inherit']});
    const ended = new Promise<void>((settle, fail) => {
        child.once('exit', () => settle());
        child.once('error', fail);
    });
    const line = await Promise.race([
        new Promise<string>((settle) => createInterface(child.stdout).once('line', settle)),
        ended.then(() => {
            throw new Error('the tenant ended before it said where it is');
        }),
    ]);
    const introduction = JSON.parse(line) as Introduction;
    const ca = readFileSync(introduction.ca_file, 'utf8');
    return {
        ...introduction,
        ca,
        control: async (method, path, body) => {
            const headers = {'X-Tenant-Control-Key': introduction.control_key};
            const answer = await send(`${introduction.url}/_control/${path}`, {method, headers, ca}, body === undefined ? undefined : JSON.stringify(body));
            if (answer.status >= 300) {
                throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
            }
            return answer.body === '' ? undefined : JSON.parse(answer.body);
        },
        stop: () => {
            child.stdin.end();
            return ended;
        },
    };
}

/** Sends a request. Unlike fetch, https lets a single request trust another certificate authority. */
export function send(url: string, options: RequestOptions, body?: string): Promise<Answer> {
    return new Promise((settle, fail) => {
        const outgoing = request(url, options, (incoming) => {
            const chunks: Buffer[] = [];
            incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
            incoming.on('error', fail);
            incoming.on('end', () => settle({
                status: incoming.statusCode ?? 0,
                headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
                body: Buffer.concat(chunks).toString('utf8'),
            }));
        });
        outgoing.on('error', fail);
        outgoing.end(body);
    });
}
