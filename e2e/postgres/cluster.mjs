// Creates the database cluster, once per directory.

import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

import {run} from './system.mjs';

const ROLE = 'mmuser';
const DATABASE = 'mattermost';

// Returns {data, role, password, database} of the cluster in the given directory.
export async function openCluster(directory, {initdb, postgres}, identity) {
    const data = path.join(directory, 'data');
    const passwordFile = path.join(directory, 'password');
    if (!fs.existsSync(path.join(data, 'PG_VERSION'))) {
        writePassword(passwordFile, identity);
        const options = {...identity, cwd: directory, env: {...process.env, LC_ALL: 'C'}};
        await run(initdb, [
            `--pgdata=${data}`,
            `--username=${ROLE}`,
            `--pwfile=${passwordFile}`,
            '--auth=scram-sha-256',
            '--encoding=UTF8',

            // PostgreSQL's own Unicode rules: they need no locale of the operating system, and letters outside ASCII
            // have uppercase and lowercase, as on a typical server.
            '--locale=C',
            '--locale-provider=builtin',
            '--builtin-locale=C.UTF-8',
            '--no-sync',
        ], options);
        await run(postgres, ['--single', '-D', data, '-c', 'fsync=off', 'postgres'], {
            ...options,
            input: `CREATE DATABASE ${DATABASE}\n`,
        });
    }
    return {data, role: ROLE, password: fs.readFileSync(passwordFile, 'utf8').trim(), database: DATABASE};
}

function writePassword(file, {uid, gid}) {
    fs.writeFileSync(file, `${crypto.randomBytes(24).toString('hex')}\n`, {mode: 0o600});
    if (uid !== undefined) {
        fs.chownSync(file, uid, gid);
    }
}
