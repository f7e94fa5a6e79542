import type {Surroundings} from '../client';
import type {ShownFault} from '../faults';

/** A question to the worker. */
export interface Question {
    id: number;
    name: string;
    input: unknown;

    /** What a worker cannot see by itself. */
    surroundings: Surroundings;
}

/** Its answer: an output, a fault that can be shown, or the message of a programming error. */
export type Reply = {id: number} & ({output: unknown} | {fault: ShownFault} | {error: string});
