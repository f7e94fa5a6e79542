import type {Test} from './conditions';
import type {UserValue} from './user_value';

/** No rule applies. */
export const NONE = Infinity;

/** Answers that are kept at once. */
const MAX_ANSWERS = 5000;

/**
 * Rules that use the same attributes. Most attributes have few values (a department, a country), so the answer for
 * values that came before is kept: a hundred rules then cost one lookup for each user.
 */
export class RuleGroup {
    private readonly numbers: number[] = [];
    private readonly tests: Test[] = [];

    /** The first rule that applies, by the values. Null when values turn out to repeat seldom, as with names. */
    private answers: Map<string, number> | null = new Map();
    private repeated = 0;

    constructor(private readonly values: readonly UserValue[]) {}

    /** Adds a rule. Rules are added in their order; `number` is its index among all. */
    add(number: number, test: Test): void {
        this.numbers.push(number);
        this.tests.push(test);
    }

    /** The number of the first rule that applies to the user who was read last, or `NONE`. */
    first(): number {
        if (this.answers === null) {
            return this.ask();
        }
        const key = keyOf(this.values);
        const known = this.answers.get(key);
        if (known !== undefined) {
            this.repeated++;
            return known;
        }
        const answer = this.ask();
        this.keep(key, answer);
        return answer;
    }

    private ask(): number {
        for (let at = 0; at < this.tests.length; at++) {
            if (this.tests[at]!()) {
                return this.numbers[at]!;
            }
        }
        return NONE;
    }

    private keep(key: string, answer: number): void {
        this.answers!.set(key, answer);
        if (this.answers!.size >= MAX_ANSWERS) {
            this.answers = this.repeated < MAX_ANSWERS ? null : new Map();
            this.repeated = 0;
        }
    }
}

/** Different for different values, whatever they contain: each text follows its length, each list its size. */
function keyOf(values: readonly UserValue[]): string {
    let key = '';
    for (let at = 0; at < values.length; at++) {
        const {text} = values[at]!;
        if (typeof text === 'string') {
            key += `${text.length}:${text}`;
        } else {
            key += `[${text.length}]`;
            for (let one = 0; one < text.length; one++) {
                key += `${text[one]!.length}:${text[one]!}`;
            }
        }
    }
    return key;
}
