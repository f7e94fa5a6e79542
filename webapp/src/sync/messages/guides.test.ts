import {readFileSync} from 'node:fs';
import {join} from 'node:path';

import {lineHoldKinds} from '../lists';
import {reasons} from '../reasons';

const docs = join(__dirname, '../../../../docs');

/** The part of a guide under a heading, up to the next one. */
function partOf(guide: string, heading: string): string {
    const parts = readFileSync(join(docs, guide), 'utf8').split(/^#{2,3} /m);
    return parts.find((part) => part.startsWith(`${heading}\n`))!;
}

/** The names in a column of the tables of a part. */
function namesIn(part: string, column: number): string[] {
    const cells = part.split('\n').filter((line) => line.startsWith('|')).map((line) => line.split('|')[column]!);
    return [...new Set(cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name!)))].sort();
}

test.each([['admin_guide.md', 'Actions and reasons'], ['admin_guide.ko.md', '작업과 사유']])('docs/%s explains each reason, and no other', (guide, heading) => {
    expect(namesIn(partOf(guide, heading), 2)).toEqual([...reasons].sort());
});

test.each([['admin_guide.md', 'Changes that need an approval of their own'], ['admin_guide.ko.md', '개별 승인이 필요한 변경']])('docs/%s explains each kind of change that needs its own approval', (guide, heading) => {
    expect(namesIn(partOf(guide, heading), 1)).toEqual([...lineHoldKinds].sort());
});
