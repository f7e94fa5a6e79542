import {useState} from 'react';
import {useSelector} from 'react-redux';

import type {RunAnswer} from '../../../answers';
import {runById, type ClientState} from '../../../store/selectors';

import type {Place} from '../../../store/place';
import type {SyncJob} from '../../frame/use_sync_job';

export interface KeptRun {
    run: RunAnswer | null;

    /** A newer run has started, and not from this page. */
    isOld: boolean;

    /** The user has opened the newest run. */
    isAskedFor: boolean;
    showNewest(): void;
}

/**
 * The run that was the newest when `place` was opened, until this page starts one: a run that the schedule starts
 * must not take away what an administrator is just looking through.
 */
export function useKeptRun(place: Place, job: SyncJob): KeptRun {
    const {run: newest, startedId, isBusy} = job;
    const [kept, setKept] = useState({place, startedId, id: '', isAskedFor: false});
    if (kept.startedId !== startedId) {
        setKept({place, startedId, id: startedId, isAskedFor: false});
    } else if (kept.place !== place) {
        setKept({place, startedId, id: '', isAskedFor: false});
    } else if (kept.id === '' && newest && isNewest(newest, job)) {
        setKept({...kept, id: newest.id});
    }
    const run = useSelector((state: ClientState) => runById(state, kept.id)) ?? newest;
    return {
        run,

        // While a request is on its way, the newer run may be the one that it starts.
        isOld: !isBusy && newest !== null && run?.id !== newest.id,
        isAskedFor: kept.isAskedFor,
        showNewest: () => setKept({...kept, id: newest?.id ?? '', isAskedFor: true}),
    };
}

/** Until the server has answered, the runs in the store can be from an earlier visit. */
function isNewest(run: RunAnswer, {status}: SyncJob): boolean {
    return status !== null && run.started_at >= ((status.current_run ?? status.last_run)?.started_at ?? 0);
}
