import {useState} from 'react';
import {FormattedMessage} from 'react-intl';
import {useSelector} from 'react-redux';

import type {RunAnswer} from '../../answers';
import type {CustomSectionProps} from '../../registry';
import {runById, type ClientState} from '../../store/selectors';
import type {ChangeStatus} from '../../sync/types';

import {ChangesPanel} from './changes_panel';
import {ConnectionPanel} from './connection_panel';
import {HeldNotice} from './held_notice';
import {RunPanel} from './run_panel';
import {RunsPanel} from './runs_panel';
import {useSyncJob, type SyncJob} from './use_sync_job';

/**
 * The section of the System Console where people are chosen, previewed, synced and looked up afterwards.
 * Its title is our own: the one that the console passes comes from plugin.json, in one language only.
 */
export function SyncSection({settingsList}: CustomSectionProps) {
    const job = useSyncJob();
    const {chosen, choose} = useChosenRun(job.run);
    const held = job.status?.held_run ?? null;
    const approveOne = (seq: number) => chosen && job.approve(chosen.run.id, [seq]);
    return (
        <div className='EntraSync'>
            <h2 className='EntraSync__title'><FormattedMessage id='entrasync.section.title'/></h2>
            <p><FormattedMessage id='entrasync.section.description'/></p>
            {held && (
                <HeldNotice
                    key={held.id}
                    run={held}
                    isBlocked={job.isRunning || job.isBusy}
                    onReview={() => choose(held, 'held')}
                    onApprove={() => job.approve(held.id)}
                />
            )}
            {settingsList}
            <ConnectionPanel hasUnsavedSettings={job.hasUnsavedSettings}/>
            <RunPanel job={job}/>
            {chosen && (
                <ChangesPanel
                    key={`${chosen.run.id} ${chosen.turn}`}
                    run={chosen.run}
                    initialStatus={chosen.status}
                    {...(canApprove(chosen.run, job) && {onApprove: approveOne})}
                />
            )}
            <RunsPanel chosenId={chosen?.run.id ?? ''} revision={`${job.run?.id} ${job.run?.state}`} onChoose={choose}/>
        </div>
    );
}

/** A preview holds nothing that could be let through, and while something runs nothing can be. */
function canApprove({state, hold}: RunAnswer, {isRunning, isBusy}: SyncJob): boolean {
    return state === 'held' && hold !== null && hold.expires_at > Date.now() && !isRunning && !isBusy;
}

/** What the table of changes shows. `turn` counts how often somebody has asked for changes of one status, so that each time opens the table anew. */
interface Choice {
    run: RunAnswer;
    status: ChangeStatus | '';
    turn: number;
}

/** The run whose changes are shown: the newest one, until somebody chooses another; a new run takes the place again. */
function useChosenRun(newest: RunAnswer | null) {
    const [choice, setChoice] = useState<Choice & {newestId: string} | null>(null);
    const isValid = choice !== null && choice.newestId === newest?.id;
    const known = useSelector((state: ClientState) => runById(state, isValid ? choice.run.id : ''));
    const choose = (run: RunAnswer, status: ChangeStatus | '' = '') => setChoice((old) => (
        {run, status, turn: (old?.turn ?? 0) + (status === '' ? 0 : 1), newestId: newest?.id ?? ''}));
    const chosen: Choice | null = isValid ? {...choice, run: known ?? choice.run} : newest && {run: newest, status: '', turn: 0};
    return {chosen, choose};
}
