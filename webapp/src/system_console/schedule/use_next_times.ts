import {nextTimes} from '../../client';
import type {ShownFault} from '../../faults';
import {useAnswer} from '../widgets/use_answer';

interface NextTimes {

    /** In ms; empty until the server has sent those of this schedule, and if it finds a fault. */
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

    // The result for the previous schedule does not apply to this one.
    return isLoading ? {times: [], fault: null, isLoading} : {times: fault ? [] : answer ?? [], fault, isLoading};
}
