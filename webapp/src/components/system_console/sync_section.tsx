import {useState} from 'react';
import {FormattedMessage} from 'react-intl';
import {useSelector} from 'react-redux';

import type {RunAnswer} from '../../answers';
import type {CustomSectionProps} from '../../registry';
import {runById, type ClientState} from '../../store/selectors';

import {ChangesPanel} from './changes_panel';
import {ConnectionPanel} from './connection_panel';
import {RunPanel} from './run_panel';
import {RunsPanel} from './runs_panel';
import {useSyncJob} from './use_sync_job';

/**
 * The section of the System Console where people are chosen, previewed, synced and looked up afterwards.
 * Its title is our own: the one that the console passes comes from plugin.json, in one language only.
 */
export function SyncSection({settingsList}: CustomSectionProps) {
    const job = useSyncJob();
    const {chosen, choose} = useChosenRun(job.run);
    return (
        <div className='EntraSync'>
            <h2 className='EntraSync__title'><FormattedMessage id='entrasync.section.title'/></h2>
            <p><FormattedMessage id='entrasync.section.description'/></p>
            {settingsList}
            <ConnectionPanel hasUnsavedSettings={job.hasUnsavedSettings}/>
            <RunPanel job={job}/>
            {chosen && <ChangesPanel key={chosen.id} run={chosen}/>}
            <RunsPanel chosenId={chosen?.id ?? ''} revision={`${job.run?.id} ${job.run?.state}`} onChoose={choose}/>
        </div>
    );
}

/** The run whose changes are shown: the newest one, until somebody chooses another; a new run takes the place again. */
function useChosenRun(newest: RunAnswer | null) {
    const [choice, setChoice] = useState<{run: RunAnswer; newestId: string} | null>(null);
    const isValid = choice !== null && choice.newestId === newest?.id;
    const known = useSelector((state: ClientState) => runById(state, isValid ? choice.run.id : ''));
    const choose = (run: RunAnswer) => setChoice({run, newestId: newest?.id ?? ''});
    return {chosen: isValid ? known ?? choice.run : newest, choose};
}
