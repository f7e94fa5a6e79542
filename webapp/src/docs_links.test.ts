import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';

const root = join(__dirname, '../..');
const pages = ['.', 'docs', 'docs/decisions'].flatMap((folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.md')).map((name) => join(folder, name)));

const textOf = (path: string) => readFileSync(path, 'utf8').replace(/^ *```[\s\S]*?^ *```/gm, '');

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(path: string): Set<string> {
    const anchors = new Set<string>();
    for (const [, heading] of textOf(path).matchAll(/^#+ (.*)$/gm)) {
        const plain = heading!.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
        const anchor = plain.replace(/[^\p{L}\p{N}\p{M} _-]/gu, '').replace(/ /g, '-');
        let name = anchor;
        for (let count = 1; anchors.has(name); count++) {
            name = `${anchor}-${count}`;
        }
        anchors.add(name);
    }
    return anchors;
}

test.each(pages)('every link of %s leads somewhere', (page) => {
    const from = join(root, page);
    const broken = [...textOf(from).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!).filter((link) => {
        if (/^[a-z]+:/.test(link)) {
            return false;
        }
        const [path, anchor] = link.split('#');
        const to = path === '' ? from : resolve(dirname(from), path!);
        return !existsSync(to) || (anchor !== undefined && to.endsWith('.md') && !anchorsOf(to).has(decodeURIComponent(anchor)));
    });
    expect(broken).toEqual([]);
});
