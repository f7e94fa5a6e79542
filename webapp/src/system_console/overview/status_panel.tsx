import type {ReactNode} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {RunAnswer, StatusAnswer} from '../../answers';
import {nameOf} from '../../i18n/name_of';
import type {AttentionItem} from '../../sync/health/attention';
import {connectionOf, healthOf, scheduleOf, type ConnectionState, type Health, type ScheduleState} from '../../sync/health/health';
import {countsText} from '../../sync/messages/run_words';
import {localeOf} from '../../sync/messages/locale';
import {Moment} from '../widgets/moment';
import {NextRun} from '../widgets/next_run';
import {RelativeMoment} from '../widgets/relative_moment';
import {endedEarly} from '../widgets/run_counts';
import {StateTag} from '../widgets/state_tag';
import {Tag, type TagKind} from '../widgets/tag';
import {PlaceLink} from '../frame/place_link';
import type {SyncJob} from '../frame/use_sync_job';
import {RunFrame} from '../runs/current/run_panel';
import {RunProgress} from '../runs/current/run_progress';

import type {OverviewFacts} from './overview_facts';

const connectionKinds: Record<ConnectionState, TagKind> = {
    not_set_up: 'neutral', faulty: 'danger', untested: 'neutral', refused: 'danger', connected: 'success',
};
const scheduleKinds: Record<ScheduleState, TagKind> = {off: 'neutral', blocked: 'danger', slowed: 'warning', on: 'success'};
const healthKinds: Record<Health, TagKind> = {
    not_set_up: 'neutral', blocked: 'danger', failing: 'danger', attention: 'warning', new: 'neutral', healthy: 'success',
};

/** The sync at a glance, and the buttons that start it. Problems are in the list of what needs attention. */
export function StatusPanel({job, known, items}: {job: SyncJob; known: OverviewFacts | null; items: AttentionItem[]}) {
    const {run, fault, isRunning} = job;
    return (
        <RunFrame job={job}>
            {run && isRunning && <RunProgress run={run}/>}
            {known ? <Glance known={known} items={items}/> : !fault && <p><FormattedMessage id='entrasync.loading'/></p>}
        </RunFrame>
    );
}

function Glance({known, items}: {known: OverviewFacts; items: AttentionItem[]}) {
    const {status, lastRun} = known;
    const connection = connectionOf(known);
    const schedule = scheduleOf(status);
    const health = healthOf(known, items);
    return (
        <dl className='EntraSync__glance'>
            <Fact label={<FormattedMessage id='entrasync.overview.connection'/>}>
                <Tag kind={connectionKinds[connection]}><FormattedMessage id={`entrasync.overview.connection_${connection}`}/></Tag>
            </Fact>
            <Fact label={<FormattedMessage id='entrasync.overview.schedule'/>}>
                <Tag kind={scheduleKinds[schedule]}><FormattedMessage id={`entrasync.overview.schedule_${schedule}`}/></Tag>
            </Fact>
            <Fact label={<FormattedMessage id='entrasync.overview.health'/>}>
                <Tag kind={healthKinds[health]}><FormattedMessage id={`entrasync.health.${health}`}/></Tag>
            </Fact>
            <Fact label={<FormattedMessage id='entrasync.overview.last_run'/>} isWide={true}><LastRun run={lastRun}/></Fact>
            <Fact label={<FormattedMessage id='entrasync.overview.next_run'/>} isWide={true}><NextStart status={status}/></Fact>
        </dl>
    );
}

function Fact({label, isWide = false, children}: {label: ReactNode; isWide?: boolean; children: ReactNode}) {
    return (
        <div className={isWide ? 'EntraSync__fact--wide' : undefined}>
            <dt>{label}</dt>
            <dd>{children}</dd>
        </div>
    );
}

function LastRun({run}: {run: RunAnswer | null}) {
    const intl = useIntl();
    if (!run) {
        return <FormattedMessage id='entrasync.run.none'/>;
    }
    const ended = run.finished_at || run.started_at;
    const counts = countsText(localeOf(intl.locale), run.counts);
    return (
        <>
            <p>
                <RelativeMoment ms={ended}/>
                {' '}
                <StateTag state={run.state}/>
                {' '}
                <PlaceLink to={{tab: 'runs', run: run.id}}><FormattedMessage id='entrasync.runs.show'/></PlaceLink>
            </p>
            <p>
                {endedEarly(run) ?
                    <FormattedMessage id='entrasync.run.nothing_done'/> :
                    <FormattedMessage id={run.mode === 'preview' ? 'entrasync.overview.did_preview' : 'entrasync.overview.did_apply'} values={{counts}}/>}
                {run.user && <span className='EntraSync__quiet'> <bdi>{run.user}</bdi></span>}
            </p>
            {run.approves && <p><FormattedMessage id='entrasync.held.applies'/></p>}
            <p className='EntraSync__small'>
                <FormattedMessage id='entrasync.run.ended' values={{time: <Moment ms={ended}/>, trigger: nameOf(intl, 'trigger', run.trigger)}}/>
            </p>
        </>
    );
}

function NextStart({status}: {status: StatusAnswer}) {
    const {enabled, faults, next_run_at: next, time_zone: zone} = status;
    if (!enabled || faults.length > 0 || next === 0) {
        return <FormattedMessage id='entrasync.run.no_schedule'/>;
    }
    return (
        <>
            <p><RelativeMoment ms={next}/></p>
            <p className='EntraSync__small'><NextRun ms={next} zone={zone}/></p>
        </>
    );
}
