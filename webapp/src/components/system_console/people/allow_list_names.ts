/** The names in a pasted text: one a line, trimmed, blank lines left out. */
export function linesOf(text: string): string[] {
    return text.split(/\r\n|\r|\n/).map((line) => line.trim()).filter((line) => line !== '');
}

/** `names` with `added` put in at `index`; names that the list already has are not added again. */
export function withNames(names: string[], added: string[], index: number): string[] {
    const fresh = [...new Set(added.map((name) => name.trim()))].filter((name) => name !== '' && !names.includes(name));
    return fresh.length === 0 ? names : [...names.slice(0, index), ...fresh, ...names.slice(index)];
}
