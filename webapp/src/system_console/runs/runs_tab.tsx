import {useState} from 'react';
import {FormattedMessage} from 'react-intl';

import {FaultNotice} from '../widgets/fault_notice';
import {Notice} from '../widgets/notice';
import type {Place} from '../../store/place';
import {PlaceLink} from '../frame/place_link';
import {usePlace} from '../frame/use_place';
import type {SyncJob} from '../frame/use_sync_job';

import {ChangesPanel} from './changes/changes_panel';
import {FindPerson} from './person/find_person';
import {PersonPanel} from './person/person_panel';
import {TargetPanel} from './targets/target_panel';
import {RunPanel} from './current/run_panel';
import {RunsPanel} from './history/runs_panel';
import './styles.css';
import {useChosenRun, type ChosenRun} from './history/use_chosen_run';

/** The current run, its changes, and earlier runs; or the history of one user, or the members of one team or channel. */
export function RunsTab({job}: {job: SyncJob}) {
    const {place} = usePlace();
    const {turn, isAskedFor} = useTurn(place);
    const chosen = useChosenRun(place, job);
    const revision = `${job.run?.id} ${job.run?.state} ${job.isBusy}`;
    if (place.person !== '') {
        return <PersonPanel key={place.person} objectId={place.person} revision={revision}/>;
    }
    if (place.target !== '') {
        return <TargetPanel key={place.target} targetId={place.target} revision={revision}/>;
    }
    if (job.fault && !job.status) {
        return <RunPanel job={job}/>; // where nothing answers, one notice says it
    }
    return (
        <>
            <RunPanel job={job}/>
            <Missing chosen={chosen}/>
            <div role='status'>{chosen.isOld && <NewerRun onShow={chosen.showNewest}/>}</div>
            {chosen.run && (
                <ChangesPanel
                    key={`${chosen.run.id} ${turn}`}
                    run={chosen.run}
                    isAskedFor={isAskedFor || chosen.isAskedFor}
                    initialStatus={place.status}
                    initialAction={place.action}
                    initialReason={place.reason}
                    job={job}
                />
            )}
            <FindPerson/>
            <RunsPanel chosenId={chosen.run?.id ?? ''} revision={revision}/>
        </>
    );
}

/**
 * Counts how often a part of the changes was requested, including the part that is shown already, or all of them after a part:
 * the changes are then shown again. The link to what is on the screen keeps the filters and the selection.
 */
function useTurn(place: Place): {turn: number; isAskedFor: boolean} {
    const [seen, setSeen] = useState({place, turn: 0, isAskedFor: isFiltered(place)});
    if (seen.place !== place) {
        const isAskedFor = isFiltered(place) || (isFiltered(seen.place) && place.run !== '');
        setSeen({place, turn: seen.turn + Number(isAskedFor), isAskedFor});
    }
    return seen;
}

function isFiltered({status, action, reason}: Place): boolean {
    return status !== '' || action !== '' || reason !== '';
}

/** The run on the screen stays until the user opens the newer one. */
function NewerRun({onShow}: {onShow(): void}) {
    return (
        <Notice kind='info' title={<FormattedMessage id='entrasync.runs.newer'/>}>
            <p>
                <button type='button' className='btn btn-tertiary btn-sm' onClick={onShow}><FormattedMessage id='entrasync.runs.show_newer'/></button>
            </p>
        </Notice>
    );
}

/** In place of a run that is not there, or not yet. */
function Missing({chosen: {fault, isLoading}}: {chosen: ChosenRun}) {
    if (fault) {
        return (
            <>
                <FaultNotice fault={fault}/>
                <p><PlaceLink to={{tab: 'runs'}}><FormattedMessage id='entrasync.runs.show_newest'/></PlaceLink></p>
            </>
        );
    }
    return isLoading ? <p role='status'><FormattedMessage id='entrasync.loading'/></p> : null;
}
