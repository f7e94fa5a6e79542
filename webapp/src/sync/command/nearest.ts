/** Up to this many typing errors, a word is still recognized. */
const mostSlips = 2;

/** Longest text that is compared. */
const longest = 20;

/** How many single letters must be added, left out, replaced or swapped with their neighbor to turn one word into the other. */
function distance(from: string, to: string): number {
    const rows: number[][] = [];
    const at = (i: number, j: number) => (i < 0 || j < 0 ? Infinity : rows[i]?.[j] ?? 0);
    for (let i = 0; i <= from.length; i++) {
        const row: number[] = [];
        rows.push(row);
        for (let j = 0; j <= to.length; j++) {
            const same = from[i - 1] === to[j - 1];
            const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
            row.push(i === 0 || j === 0 ? i + j : Math.min(
                at(i - 1, j) + 1,
                at(i, j - 1) + 1,
                at(i - 1, j - 1) + (same ? 0 : 1),
                swapped ? at(i - 2, j - 2) + 1 : Infinity,
            ));
        }
    }
    return at(from.length, to.length);
}

/** The word that was probably meant by `typed`, undefined if none is close. A long enough beginning of a word counts as close. */
export function nearest<Word extends string>(typed: string, words: readonly Word[]): Word | undefined {
    const lower = typed.toLowerCase();
    if (lower.length > longest) {
        return undefined;
    }
    const begun = words.find((word) => lower.length >= 2 && word.startsWith(lower));
    if (begun) {
        return begun;
    }
    const allowed = (word: Word) => Math.min(mostSlips, Math.floor(word.length / 2));
    return [...words].
        map((word) => ({word, slips: distance(lower, word)})).
        filter(({word, slips}) => slips <= allowed(word)).
        sort((a, b) => a.slips - b.slips)[0]?.word;
}
