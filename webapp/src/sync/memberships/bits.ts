/** Bits in one word. */
const WIDTH = 32;

export type WordPairs = ReadonlyArray<readonly [at: number, word: number]>;

/**
 * A set of users, by their number in the list of a run. Two million memberships of twenty targets are a few hundred thousand words,
 * and the difference of two sets costs one operation for 32 users.
 */
export class Bits {
    private readonly words: Int32Array;

    /** `pairs` are the index of a word and the word, for words that are not 0: the form in which the host has them. */
    constructor(readonly size: number, pairs: WordPairs = []) {
        this.words = new Int32Array(Math.ceil(size / WIDTH));
        pairs.forEach(([at, word]) => {
            this.words[at] = word;
        });
    }

    add(at: number): void {
        this.words[at >>> 5]! |= 1 << (at & 31);
    }

    has(at: number): boolean {
        return (this.words[at >>> 5]! & (1 << (at & 31))) !== 0;
    }

    /** Adds all users of another set. */
    addAll({words}: Bits): this {
        for (let at = 0; at < this.words.length; at++) {
            this.words[at]! |= words[at]!;
        }
        return this;
    }

    and({words}: Bits): Bits {
        return this.combine((at) => this.words[at]! & words[at]!);
    }

    andNot({words}: Bits): Bits {
        return this.combine((at) => this.words[at]! & ~words[at]!);
    }

    or({words}: Bits): Bits {
        return this.combine((at) => this.words[at]! | words[at]!);
    }

    get isEmpty(): boolean {
        return this.words.every((word) => word === 0);
    }

    get count(): number {
        let count = 0;
        for (let at = 0; at < this.words.length; at++) {
            count += bitsIn(this.words[at]!);
        }
        return count;
    }

    /** The users of the set, in the order of the list. Words without users cost nothing. */
    list(): number[] {
        const users: number[] = [];
        for (let at = 0; at < this.words.length; at++) {
            for (let word = this.words[at]!; word !== 0; word &= word - 1) {
                users.push((at * WIDTH) + WIDTH - 1 - Math.clz32(word & -word));
            }
        }
        return users;
    }

    /** The words that are not 0, in the form of the constructor. */
    get pairs(): WordPairs {
        const pairs: Array<readonly [number, number]> = [];
        this.words.forEach((word, at) => word !== 0 && pairs.push([at, word]));
        return pairs;
    }

    private combine(wordAt: (at: number) => number): Bits {
        const result = new Bits(this.size);
        for (let at = 0; at < this.words.length; at++) {
            result.words[at] = wordAt(at);
        }
        return result;
    }
}

/** The number of bits that are set: pairs, then fours, then bytes, which the multiplication adds up (Hacker's Delight, section 5-1). */
function bitsIn(word: number): number {
    const pairs = word - ((word >>> 1) & 0x55555555);
    const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
    return Math.imul((fours + (fours >>> 4)) & 0x0F0F0F0F, 0x01010101) >>> 24;
}
