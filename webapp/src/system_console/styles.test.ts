import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

const files = readdirSync(__dirname, {recursive: true, encoding: 'utf8'});
const textOf = (isWanted: (file: string) => boolean) => files.filter(isWanted).map((file) => readFileSync(join(__dirname, file), 'utf8')).join('\n');
const classesIn = (text: string) => new Set(text.match(/EntraSync__[\w-]+/g));

const styled = classesIn(textOf((file) => file.endsWith('.css')));
const used = classesIn(textOf((file) => /\.tsx?$/.test(file) && !file.includes('.test.')));

/** A component may contain only the prefix of a class, such as `EntraSync__tag--`, and append the rest. */
const isUsed = (name: string) => used.has(name) || used.has(name.replace(/--.*/, '--'));

test('every class of the styles is one that a component has', () => {
    expect(styled.size).toBeGreaterThan(50);
    expect([...styled].filter((name) => !isUsed(name))).toEqual([]);
});
