import {RE2JS, RE2Set} from 're2js';

import type {UserValue} from './user_value';

/**
 * Instructions that the patterns of one set may have together. A pass costs nearly the same for one pattern as for a hundred; but
 * the states of a set grow with its instructions, and beyond re2js's 8 MB for them it falls back to a slower machine.
 */
const MAX_INSTRUCTIONS = 2000;

/** Patterns that are looked for in one attribute all at once: one pass over its text answers for every one of them. */
class PatternSet {
    private readonly patterns: string[] = [];
    private instructions = 0;

    /** Made when first used, since nothing can be added afterwards. */
    private find: ((text: string) => readonly number[]) | null = null;
    private text: string | string[] = '';
    private found: ReadonlySet<number> = new Set();

    constructor(private readonly value: UserValue) {}

    /** Whether there is room for a pattern of so many instructions; the first always has room. */
    hasRoomFor(instructions: number): boolean {
        return this.patterns.length === 0 || this.instructions + instructions <= MAX_INSTRUCTIONS;
    }

    /** Returns the number by which `has` knows the pattern. */
    add(pattern: string, instructions: number): number {
        this.instructions += instructions;
        return this.patterns.push(pattern) - 1;
    }

    /** Whether the text of the user who was read last matches, or any text of a list; an empty one never does. */
    has(number: number): boolean {
        if (this.text !== this.value.text) {
            this.text = this.value.text;
            this.found = this.findIn(this.text);
        }
        return this.found.has(number);
    }

    private findIn(text: string | string[]): ReadonlySet<number> {
        this.find ??= finderOf(this.patterns);
        const texts = typeof text === 'string' ? [text] : text;
        return new Set(texts.filter((one) => one !== '').flatMap(this.find));
    }
}

/** Patterns by the attribute that they are looked for in. */
export class Patterns {
    private readonly open = new Map<string, PatternSet>();

    /** A test of whether `pattern`, in RE2's syntax, is found in the attribute; it tests the user who was read last. */
    add(value: UserValue, pattern: string, isCaseSensitive: boolean): () => boolean {
        const written = isCaseSensitive ? pattern : `(?i)${pattern}`;
        const instructions = RE2JS.compile(written).programSize();
        let set = this.open.get(value.key);
        if (!set?.hasRoomFor(instructions)) {
            set = new PatternSet(value);
            this.open.set(value.key, set);
        }
        const chosen = set;
        const number = chosen.add(written, instructions);
        return () => chosen.has(number);
    }
}

/** The literals of a single pattern can show that it does not match before any letter is read. Those of a set cannot. */
function finderOf(patterns: readonly string[]): (text: string) => readonly number[] {
    if (patterns.length === 1) {
        const pattern = RE2JS.compile(patterns[0]!);
        return (text) => (pattern.test(text) ? [0] : []);
    }
    const set = new RE2Set();
    patterns.forEach((pattern) => set.add(pattern));
    return (text) => set.match(text);
}
