import {useCallback} from 'react';

import {nextTimes} from '../../../client';
import {useAnswer, type Answer} from '../widgets/use_answer';

/** When a schedule that is perhaps not saved yet would start runs (ms); nobody is asked about an empty one. */
export function useNextTimes(schedule: string, zone: string): Answer<number[]> {
    const load = useCallback(
        async (signal: AbortSignal) => (schedule.trim() === '' ? [] : nextTimes(schedule, zone, signal)),
        [schedule, zone],
    );
    return useAnswer(load, '');
}
