import {useCallback} from 'react';
import {useSelector} from 'react-redux';

import type {RunAnswer} from '../../../answers';
import {getRun} from '../../../client';
import type {ShownFault} from '../../../faults';
import {runById, type ClientState} from '../../../store/selectors';

import {useAnswer} from '../widgets/use_answer';
import type {SyncJob} from '../frame/use_sync_job';

export interface ChosenRun {
    run: RunAnswer | null;

    /** Why the run cannot be shown. */
    fault: ShownFault | null;
    isLoading: boolean;
}

/** The run that the address names by `id`, however old it is; the newest one for ''. */
export function useChosenRun(id: string, {run: newest, isBusy}: SyncJob): ChosenRun {
    const known = useSelector((state: ClientState) => runById(state, id));
    const load = useCallback(async (signal: AbortSignal) => (id === '' ? null : getRun(id, signal)), [id]);

    // Who has approved a run, and what it still holds, changes with the requests and runs that come after it.
    const {answer, fault, isLoading} = useAnswer(load, `${newest?.id} ${newest?.state} ${isBusy}`);
    if (id === '') {
        return {run: newest, fault: null, isLoading: false};
    }
    const told = answer?.id === id ? answer : null;

    // Events keep the known run of a running one up to date.
    const run = told?.state === 'running' ? known ?? told : told ?? known;
    return {run, fault: run || isLoading ? null : fault, isLoading: !run && isLoading};
}
