import {linesOf} from '../../widgets/lines';

/** Bytes; 10,000 entries of the greatest length have less. */
const MAX_SIZE = 4 * 1024 * 1024;

/** Headings of the first column of an exported list. Such a line is not an entry. */
const HEADS = new Set([
    'mail', 'email', 'e-mail', 'email address', 'e-mail address', 'userprincipalname', 'user principal name', 'upn', 'id', 'object id', 'objectid',
    'displayname', 'display name', 'name', 'domain', '이메일', '이메일 주소', '사용자 계정 이름', '개체 id', '표시 이름', '이름', '도메인',
]);

export type FileTrouble = 'kind' | 'size' | 'unreadable' | 'not_text' | 'empty';

type FileLines = {lines: string[]} | {trouble: FileTrouble};

/** The entries in a file: one a line, of a CSV file those of the first column. */
export async function linesOfFile(file: File): Promise<FileLines> {
    const isTable = /\.csv$/i.test(file.name);
    if (!isTable && !/\.txt$/i.test(file.name)) {
        return {trouble: 'kind'};
    }
    if (file.size > MAX_SIZE) {
        return {trouble: 'size'};
    }
    const text = await textOf(file);
    if (text === null) {
        return {trouble: 'unreadable'};
    }
    // Invalid UTF-8 is read as U+FFFD. Files that are not text contain zeros.
    if (/[\0\uFFFD]/.test(text)) {
        return {trouble: 'not_text'};
    }
    const lines = isTable ? linesOf(text).map(firstCell).filter((cell) => cell !== '') : linesOf(text);
    const entries = isTable && HEADS.has((lines[0] ?? '').toLowerCase()) ? lines.slice(1) : lines;
    return entries.length === 0 ? {trouble: 'empty'} : {lines: entries};
}

function textOf(file: File): Promise<string | null> {
    return new Promise((settle) => {
        const reader = new FileReader();
        reader.onload = () => settle(String(reader.result));
        reader.onerror = () => settle(null);
        reader.readAsText(file);
    });
}

/** The first cell of a line of CSV; Excel divides by what the country uses. */
function firstCell(line: string): string {
    const quoted = /^"((?:[^"]|"")*)"/.exec(line);
    return (quoted ? quoted[1]!.replaceAll('""', '"') : line.split(/[,;\t]/, 1)[0]!).trim();
}
