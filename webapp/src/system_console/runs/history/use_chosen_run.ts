import {useSelector} from 'react-redux';

import {getRun} from '../../../client';
import type {ShownFault} from '../../../faults';
import {runById, type ClientState} from '../../../store/selectors';

import {useAnswer} from '../../widgets/use_answer';
import type {Place} from '../../../store/place';
import type {SyncJob} from '../../frame/use_sync_job';

import {useKeptRun, type KeptRun} from './use_kept_run';

export interface ChosenRun extends KeptRun {

    /** Why the run cannot be shown. */
    fault: ShownFault | null;
    isLoading: boolean;
}

/** The run that the address names, however old it is; without a name the newest one, kept as `useKeptRun` says. */
export function useChosenRun(place: Place, job: SyncJob): ChosenRun {
    const {run: id} = place;
    const {run: newest, isBusy} = job;
    const kept = useKeptRun(place, job);
    const known = useSelector((state: ClientState) => runById(state, id));
    // Who has approved a run, and what it still holds, changes with the requests and runs that come after it.
    const {answer, fault, isLoading} = useAnswer({
        queryKey: ['chosen_run', id, newest?.id, newest?.state, isBusy],
        queryFn: async ({signal}) => (id === '' ? null : getRun(id, signal)),
    });
    if (id === '') {
        return {...kept, fault: null, isLoading: false};
    }
    const told = answer?.id === id ? answer : null;

    // Events keep the known run of a running one up to date.
    const run = told?.state === 'running' ? known ?? told : told ?? known;
    return {...kept, run, isOld: false, isAskedFor: false, fault: run || isLoading ? null : fault, isLoading: !run && isLoading};
}
