// Operating system functions for starting PostgreSQL.

import {spawn} from 'node:child_process';
import crypto from 'node:crypto';
import {once} from 'node:events';
import net from 'node:net';
import process from 'node:process';

// Runs a program to its end and returns its standard output. Fails with its standard error.
export async function run(program, args, {input = '', ...options} = {}) {
    const child = spawn(program, args, options);
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk) => {
        output += chunk;
    });
    child.stderr.on('data', (chunk) => {
        errors += chunk;
    });
    child.stdin.on('error', () => {}); // a program can end without reading its input
    child.stdin.end(input);
    const [code, signal] = await once(child, 'close');
    if (code !== 0) {
        throw new Error(`${program} ended with ${code ?? signal}:\n${errors || output}`);
    }
    return output;
}

// The user that runs PostgreSQL: {uid, gid} of `nobody` as root, otherwise {} for the current user.
export async function unprivilegedUser() {
    if (process.getuid?.() !== 0) {
        return {};
    }
    const [uid, gid] = await Promise.all([run('id', ['-u', 'nobody']), run('id', ['-g', 'nobody'])]);
    return {uid: Number(uid), gid: Number(gid)};
}

// Returns a port that is not in use, below those that systems give to outgoing connections: none of these can take it
// before PostgreSQL does.
export async function findFreePort() {
    const lowest = 20_000;
    const highest = 32_000;
    for (let tries = 0; tries < 100; tries++) {
        const port = crypto.randomInt(lowest, highest);
        if (await isFree(port)) {
            return port;
        }
    }
    throw new Error(`no free port from ${lowest} to ${highest}`);
}

async function isFree(port) {
    const probe = net.createServer().listen(port, '127.0.0.1');
    try {
        await once(probe, 'listening');
    } catch (error) {
        if (error.code === 'EADDRINUSE') {
            return false;
        }
        throw error;
    }
    probe.close();
    await once(probe, 'close');
    return true;
}
