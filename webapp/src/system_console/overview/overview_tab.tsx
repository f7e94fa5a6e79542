import {useState} from 'react';
import {useSelector} from 'react-redux';

import {testedConnection, type ClientState} from '../../store/selectors';
import {attentionOf} from '../../sync/health/attention';
import {savedCredentialOf} from '../connection/connection_settings';
import type {PlainSettings} from '../frame/settings';
import {useOverview} from '../frame/use_overview';
import type {SyncJob} from '../frame/use_sync_job';
import {canStart} from '../runs/current/run_panel';

import {AttentionPanel} from './attention_panel';
import type {OverviewFacts} from './overview_facts';
import {PeoplePanel} from './people_panel';
import {RecentRunsPanel} from './recent_runs_panel';
import {SaferDefaultsNotice} from './safer_defaults_notice';
import {SetupGuide} from './setup_guide';
import {doneSteps, isAnybodyInScope} from './setup_steps';
import {StatusPanel} from './status_panel';
import './styles.css';
import {useHiddenGuide} from './use_hidden_guide';

/** The state of the sync, what needs attention, and a guide through the setup. */
export function OverviewTab({job, settings}: {job: SyncJob; settings: PlainSettings}) {
    const {status, run, isRunning, fault} = job;
    const overview = useOverview(job);
    const tested = useSelector((state: ClientState) => testedConnection(state, status?.settings_revision ?? ''));
    const hasConnected = useSelector((state: ClientState) => testedConnection(state, '')?.answer.ok ?? false);
    const [isHidden, hide] = useHiddenGuide();
    const [now] = useState(() => Date.now());

    const known: OverviewFacts | null = status && {
        status,
        lastRun: isRunning ? status.last_run : run,
        tested,
        hasConnected,
        hasRead: (overview.answer?.read_at ?? 0) > 0,
    };
    const done = known && (overview.answer || overview.fault) && doneSteps(known, isAnybodyInScope(settings));
    const isGuided = done !== null && !isHidden && Object.values(done).includes(false);
    const items = known ? attentionOf({...known, overview: overview.answer, now, isGuided}) : [];

    // Where nothing answers, one notice says it for the whole page.
    const isFaultShown = fault === null;
    const isAnswering = isFaultShown || known !== null;
    return (
        <>
            {done && <SetupGuide done={done} isHidden={isHidden} onHide={hide} onPreview={canStart(job) ? () => job.start('preview') : undefined}/>}
            <SaferDefaultsNotice overview={overview} settings={settings}/>
            <StatusPanel job={job} known={known} items={items}/>
            {done && (items.length > 0 || !isGuided) && <AttentionPanel items={items} credential={savedCredentialOf(settings)}/>}
            {isAnswering && <PeoplePanel overview={overview} isFaultShown={isFaultShown}/>}
            {isAnswering && <RecentRunsPanel revision={status && `${run?.id} ${run?.state}`} isFaultShown={isFaultShown}/>}
        </>
    );
}
