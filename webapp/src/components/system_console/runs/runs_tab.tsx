import {useSelector} from 'react-redux';

import type {RunAnswer} from '../../../answers';
import {runById, type ClientState} from '../../../store/selectors';

import {usePlace} from '../frame/use_place';
import type {SyncJob} from '../frame/use_sync_job';

import {ChangesPanel} from './changes_panel';
import {RunPanel} from './run_panel';
import {RunsPanel} from './runs_panel';

/** What runs, what it did or would do, and what ran before. */
export function RunsTab({job}: {job: SyncJob}) {
    const {place, go} = usePlace();
    const known = useSelector((state: ClientState) => runById(state, place.run));
    const chosen = known ?? job.run;
    const approveOne = (seq: number) => chosen && job.approve(chosen.id, [seq]);
    return (
        <>
            <RunPanel job={job}/>
            {chosen && (
                <ChangesPanel
                    key={`${chosen.id} ${place.status}`}
                    run={chosen}
                    initialStatus={place.status}
                    {...(canApprove(chosen, job) && {onApprove: approveOne})}
                />
            )}
            <RunsPanel chosenId={chosen?.id ?? ''} revision={`${job.run?.id} ${job.run?.state}`} onChoose={(run) => go({tab: 'runs', run: run.id})}/>
        </>
    );
}

/** A preview holds nothing that could be let through, and while something runs nothing can be. */
function canApprove({state, hold}: RunAnswer, {isRunning, isBusy}: SyncJob): boolean {
    return state === 'held' && hold !== null && hold.expires_at > Date.now() && !isRunning && !isBusy;
}
