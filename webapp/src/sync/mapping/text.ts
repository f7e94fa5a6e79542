/*
 * Directory text is typed by hand and copied from anywhere: it is cleaned before it becomes a name.
 */

/**
 * Texts of these characters only are in form C already, hold nothing to strip and count one per UTF-16 unit:
 * ASCII, Latin, kana, Chinese characters and Korean syllables. Nearly every name takes this fast path.
 */
const PLAIN = /^[ -~À-ɏぁ-ゖァ-ヺ一-鿿가-힣]*$/;

const ZERO_WIDTH_JOINER = 0x200d;

/** UTF-16 units of a text that count: several times what Entra ID and Mattermost accept anywhere. */
const MAX_READ = 4096;

/** Entries of a list that count: as many as Exchange Online accepts proxy addresses, which are the longest list. */
const MAX_ENTRIES = 400;

/**
 * The part of a directory's text that counts. A custom directory can send a text of any length, and to normalize, compare, or search it
 * takes time, so every function that does so begins here.
 */
export function boundedText(text: string): string {
    return text.length > MAX_READ ? text.slice(0, MAX_READ) : text;
}

/** The part of a directory's list that counts. */
export function boundedList(list: readonly unknown[]): readonly unknown[] {
    return list.length > MAX_ENTRIES ? list.slice(0, MAX_ENTRIES) : list;
}

/** Whether `text` needs neither normalizing nor stripping. */
export function isPlain(text: string): boolean {
    return PLAIN.test(text);
}

/**
 * A text in form C without surrounding blanks, control characters, direction overrides and other invisible characters,
 * cut to `max` code points (Mattermost counts these). Everything that Mattermost itself would remove is removed,
 * or each run would find a difference again.
 */
export function cleanText(long: string, max: number): string {
    const text = boundedText(long);
    if (PLAIN.test(text)) {
        const trimmed = text.trim();
        return trimmed.length <= max ? trimmed : trimmed.slice(0, max).trimEnd();
    }
    return cutText(stripText(text.normalize('NFC')).trim(), max).trimEnd();
}

/** Whether `cleanText` has to leave out a part of the text. */
export function isCut(text: string, max: number): boolean {
    return text.length > max && cleanText(text, max) !== cleanText(text, Infinity);
}

/**
 * The longest beginning of `text` of at most `max` code points that does not end inside an emoji sequence, between
 * a letter and its combining mark, or inside a flag. (Conjuncts of Indic scripts may be split.)
 */
export function cutText(text: string, max: number): string {
    if (text.length <= max) {
        return text;
    }
    const points = Array.from(text, (character) => character.codePointAt(0)!);
    if (points.length <= max) {
        return text;
    }
    let end = max;
    while (end > 0 && isInsideCharacter(points, end)) {
        end--;
    }
    return String.fromCodePoint(...points.slice(0, end === 0 ? max : end));
}

/** The longest such beginning of at most `max` bytes of UTF-8, which is how Mattermost measures some texts. */
export function cutBytes(text: string, max: number): string {
    let points = max;
    let cut = cutText(text, points);
    while (utf8Length(cut) > max) {
        cut = cutText(text, --points);
    }
    return cut;
}

/** Bytes of UTF-8; Infinity for a text with half a character, which has none. */
export function utf8Length(text: string): number {
    let bytes = 0;
    for (const character of text) {
        const point = character.codePointAt(0)!;
        if (point >= 0xd800 && point <= 0xdfff) {
            return Infinity;
        }
        bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
    return bytes;
}

/** Whether the text before `end` and the text after it form one visible character. */
function isInsideCharacter(points: number[], end: number): boolean {
    if (points[end - 1] === ZERO_WIDTH_JOINER || extendsCharacter(points[end]!)) {
        return true;
    }
    let flags = 0;
    while (flags < end && isFlagLetter(points[end - 1 - flags]!)) {
        flags++;
    }
    return flags % 2 === 1 && isFlagLetter(points[end]!);
}

function extendsCharacter(point: number): boolean {
    return point === ZERO_WIDTH_JOINER ||
        (point >= 0x300 && point <= 0x36f) || // combining marks
        (point >= 0x1160 && point <= 0x11ff) || // vowels and finals of decomposed Korean
        (point >= 0x1ab0 && point <= 0x1aff) ||
        (point >= 0x1dc0 && point <= 0x1dff) ||
        (point >= 0x20d0 && point <= 0x20ff) ||
        (point >= 0x3099 && point <= 0x309a) || // voiced marks of kana
        (point >= 0xfe00 && point <= 0xfe0f) || // variation selectors
        (point >= 0xfe20 && point <= 0xfe2f) ||
        (point >= 0x1f3fb && point <= 0x1f3ff) || // skin tones
        (point >= 0xe0100 && point <= 0xe01ef);
}

function isFlagLetter(point: number): boolean {
    return point >= 0x1f1e6 && point <= 0x1f1ff;
}

/** Joined at the end: goja copies a text each time when something is added to it. */
function stripText(text: string): string {
    const stripped: string[] = [];
    for (const character of text) {
        const point = character.codePointAt(0)!;
        if (point === 0x09 || point === 0x0a || point === 0x0d || point === 0x2028 || point === 0x2029) {
            stripped.push(' ');
        } else if (!isUnwanted(point)) {
            stripped.push(character);
        }
    }
    return stripped.join('');
}

/** Invisible, harmful or removed by Mattermost (its list: https://www.w3.org/TR/unicode-xml/#Charlist). */
function isUnwanted(point: number): boolean {
    if (point < 0x300) {
        return point < 0x20 || (point >= 0x7f && point <= 0x9f) || point === 0xad;
    }
    return point === 0x340 || point === 0x341 ||
        point === 0x34f || // joins nothing; goja's normalize puts it after 30 combining marks
        point === 0x17a3 || point === 0x17d3 ||
        point === 0x200b || // zero-width space
        (point >= 0x202a && point <= 0x202e) || // direction embedding and override
        (point >= 0x2060 && point <= 0x206f) || // invisible operators, direction isolates, deprecated controls
        (point >= 0xd800 && point <= 0xdfff) || // half a character
        point === 0xfeff ||
        (point >= 0xfff9 && point <= 0xffff) || // annotations, placeholders, what an engine puts for half a character
        (point >= 0x1d173 && point <= 0x1d17a) || // musical controls
        (point >= 0xe0000 && point <= 0xe007f); // language tags
}
