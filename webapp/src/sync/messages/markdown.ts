/**
 * External text in Mattermost's Markdown: a display name must not become a mention, a link, an image or a table. Whole values
 * go into code spans, in which Markdown and mentions have no effect. Sentences are escaped.
 */

/** Longest value in a code span, in characters. It is below the limit of `translate`, which would cut off the end of the span. */
const longestCode = 500;

const zeroWidthSpace = '\u200b';

/** One line without control characters, invisible characters and characters that change the reading direction. */
function plainLine(text: string): string {
    return text.replace(/[\u0000-\u0020\u007f-\u00a0\u2028\u2029]+/g, ' ').replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '').trim();
}

/** `text` as a code span that also fits into a table cell. An empty text becomes a dash. */
export function code(text: string): string {
    const line = plainLine(text).replace(/`/g, '\'').replace(/\|/g, '¦');
    const characters = Array.from(line);
    const short = characters.length > longestCode ? `${characters.slice(0, longestCode).join('')}…` : line;
    return short === '' ? '–' : `\`${short}\``;
}

/**
 * A sentence that may contain external text. What Mattermost can escape is escaped. Characters that begin a mention, a hashtag,
 * a channel link, an emoji or an address are separated from what follows. All others are replaced by a similar character.
 */
export function escapeText(text: string): string {
    return plainLine(text).
        replace(/</g, '‹').replace(/>/g, '›').replace(/\|/g, '¦').replace(/\$/g, '＄').
        replace(/[\\`*_{}[\]()~!]/g, '\\$&').
        replace(/[@#:~&](?=\S)/g, `$&${zeroWidthSpace}`).
        replace(/www(?=\.)/gi, `$&${zeroWidthSpace}`);
}

/** A sentence of our own, in which addresses stay links. */
export function escapeOwnText(text: string): string {
    return text.replace(/[\\`*_~[\]|]/g, '\\$&');
}

/** A Markdown table. The cells must already be safe. */
export function table(head: string[], rows: string[][]): string {
    const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
