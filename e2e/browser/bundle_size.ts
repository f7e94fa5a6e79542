import {readdirSync, readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {gzipSync} from 'node:zlib';

const folder = resolve(__dirname, '../../webapp/dist');

/** The built page in bytes, gzip: what every page of Mattermost loads, and all parts that are loaded when they are first needed. */
export function measureBundle(): {main: number; parts: number} {
    const sizes = readdirSync(folder).filter((name) => name.endsWith('.js')).map((name) => ({name, size: gzipSync(readFileSync(resolve(folder, name))).length}));
    const sum = (isCounted: (name: string) => boolean) => sizes.filter(({name}) => isCounted(name)).reduce((all, {size}) => all + size, 0);
    return {main: sum((name) => name === 'main.js'), parts: sum((name) => name !== 'main.js')};
}
