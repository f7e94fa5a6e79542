import {phases} from './lists';
import type {Progress} from './types';

/** Whether one report of a run's progress is older than another: no report comes before all, and each phase begins again at 0. */
export function isBehind(one: Progress | null, other: Progress | null): boolean {
    if (!one || !other) {
        return one === null && other !== null;
    }
    const [phase, otherPhase] = [phases.indexOf(one.phase), phases.indexOf(other.phase)];
    return phase === otherPhase ? one.done < other.done : phase < otherPhase;
}
