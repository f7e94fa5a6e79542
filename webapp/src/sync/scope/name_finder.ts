/** One letter of the names; `name` is set where a name ends. */
interface Node {
    next: Map<number, Node>;
    name: string | null;
}

/**
 * Finds which of many names a text contains: the leftmost, and of those that begin there the shortest.
 * All names share one tree of letters, so the time depends on the text, not on how many names there are.
 */
export class NameFinder {
    private readonly root: Node = {next: new Map(), name: null};

    /** `fold` makes texts comparable; it is applied to each name here and must have been applied to the text. */
    constructor(names: readonly string[], fold: (text: string) => string) {
        for (const name of names) {
            this.add(fold(name), name);
        }
    }

    /** The name as it was given, or null. */
    find(text: string): string | null {
        const first = this.root.next;
        for (let start = 0; start < text.length; start++) {
            let node = first.get(text.charCodeAt(start));
            for (let at = start + 1; node; at++) {
                if (node.name !== null) {
                    return node.name;
                }
                node = at < text.length ? node.next.get(text.charCodeAt(at)) : undefined;
            }
        }
        return null;
    }

    private add(folded: string, name: string): void {
        let node = this.root;
        for (let at = 0; at < folded.length; at++) {
            const code = folded.charCodeAt(at);
            let child = node.next.get(code);
            if (!child) {
                child = {next: new Map(), name: null};
                node.next.set(code, child);
            }
            node = child;
        }
        if (folded !== '') {
            node.name ??= name;
        }
    }
}
