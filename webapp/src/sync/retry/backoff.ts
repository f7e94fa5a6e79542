import {DAY_MS, HOUR_MS} from '../time';

/** After this many doublings, an hour is more than a day. */
const MOST_DOUBLINGS = 5;

/** An hour after the first failure, then twice as long each time, at most a day (ms). */
export function doubling(failures: number): number {
    return Math.min(HOUR_MS * (2 ** Math.min(Math.max(failures - 1, 0), MOST_DOUBLINGS)), DAY_MS);
}

/** When a change with so many failures is tried again. After one failure, it is tried in the next run, whenever that is. */
export function retryAt(failures: number, now: number): number {
    return failures <= 1 ? now : now + doubling(failures - 1);
}
