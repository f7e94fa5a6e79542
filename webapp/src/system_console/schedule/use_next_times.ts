import {nextTimes} from '../../client';
import type {ShownFault} from '../../faults';
import {useAnswer} from '../widgets/use_answer';

interface NextTimes {

    /** In ms; empty until the server has told those of this very schedule, and while it finds a fault. */
    times: number[];
    fault: ShownFault | null;
    isLoading: boolean;
}

/** The next starts of a schedule that may not be saved yet. An empty schedule has none. */
export function useNextTimes(schedule: string, zone: string): NextTimes {
    const {answer, fault, isLoading} = useAnswer({
        queryKey: ['next_times', schedule, zone],
        queryFn: async ({signal}) => (schedule.trim() === '' ? [] : nextTimes(schedule, zone, signal)),
    });

    // What was said of the schedule before is not said of this one.
    return isLoading ? {times: [], fault: null, isLoading} : {times: fault ? [] : answer ?? [], fault, isLoading};
}
