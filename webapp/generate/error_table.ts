/** Writes the table of all errors into the administrator's guides: `npx tsx webapp/generate/error_table.ts`. */
import {readFileSync, writeFileSync} from 'node:fs';

import {errorCodes} from '../src/sync/errors';
import '../src/sync/messages/catalogues';
import {errorVariants, type ErrorKey} from '../src/sync/messages/keys';
import {escapeOwnText, table} from '../src/sync/messages/markdown';
import {type Locale, translate} from '../src/sync/messages/translate';

/** The table is between these lines of a guide. */
const BEGIN = '<!-- errors: made by webapp/generate/error_table.ts, do not edit -->';
const END = '<!-- /errors -->';

/** The guides, and the column headings of the table in each language. */
const guides: [file: string, locale: Locale, heads: string[]][] = [
    ['docs/admin_guide.md', 'en', ['Code', 'Error', 'What to do']],
    ['docs/admin_guide.ko.md', 'ko', ['코드', '오류', '해결 방법']],
];

/** Each code, followed by its variants with their own texts. */
const cases = errorCodes.flatMap((code) => [code, ...errorVariants.filter((variant) => variant.startsWith(`${code}.`))]);

function tableOf(locale: Locale, heads: string[]): string {

    // Values of an actual error are an ellipsis. Addresses are in angle brackets, so that a Korean particle after one is not part of it.
    const cell = (key: ErrorKey) => escapeOwnText(translate(locale, key)).replace(/https?:\/\/[\w.-]+\w(?:\/\w+)*/g, '<$&>');
    return table(heads, cases.map((name) => {
        const [code, problem] = name.split('.');
        const shown = problem ? `\`${code}\` (${problem})` : `\`${code}\``;
        return [shown, cell(`error.${name}.message`), cell(`error.${name}.hint`)];
    }));
}

/** Replaces what is between the two lines. A guide without them is an error. */
function fill(text: string, content: string): string {
    const [before, rest] = text.split(BEGIN);
    const after = rest?.split(END)[1];
    if (before === undefined || after === undefined) {
        throw new Error(`the lines ${BEGIN} and ${END} are missing`);
    }
    return `${before}${BEGIN}\n${content}\n${END}${after}`;
}

for (const [file, locale, heads] of guides) {
    writeFileSync(file, fill(readFileSync(file, 'utf8'), tableOf(locale, heads)));
}
