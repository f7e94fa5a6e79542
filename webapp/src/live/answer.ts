import {setSurroundings} from '../client';
import type {ShownFault} from '../faults';

import {functions, type LiveName} from './functions';
import type {Question, Reply} from './messages';

/** Answers a question; never throws. */
export async function answer({id, name, input, surroundings}: Question): Promise<Reply> {
    setSurroundings(surroundings);
    try {
        const called = functions[name as LiveName] as (input: unknown) => Promise<unknown>;
        return {id, output: await called(input)};
    } catch (error) {
        return {id, ...troubleOf(error)};
    }
}

/** Both a refused request and a fault of the sync logic carry a fault; anything else is a mistake of ours. */
function troubleOf(error: unknown): {fault: ShownFault} | {error: string} {
    const {fault} = error as {fault?: ShownFault};
    return fault ? {fault} : {error: String(error instanceof Error ? error.stack : error)};
}
