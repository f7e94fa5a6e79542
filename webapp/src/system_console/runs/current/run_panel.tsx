import type {ReactNode} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {RunAnswer, StatusAnswer} from '../../../answers';

import {FaultNotice} from '../../widgets/fault_notice';
import {Moment} from '../../widgets/moment';
import {NextRun} from '../../widgets/next_run';
import {Notice} from '../../widgets/notice';
import {Panel} from '../../widgets/panel';
import {PlaceLink} from '../../frame/place_link';
import type {SyncJob} from '../../frame/use_sync_job';
import {placeOfFault} from '../../frame/place_of_fault';

import {FirstImport} from './first_import';
import {RunProgress} from './run_progress';
import {RunResult} from './run_result';
import '../styles.css';

/** The state of the sync, its two buttons, and the current or newest run. */
export function RunPanel({job}: {job: SyncJob}) {
    const {status, run, isRunning, fault} = job;
    return (
        <RunFrame job={job}>
            {status ? <StatusLine status={status}/> : !fault && <p><FormattedMessage id='entrasync.loading'/></p>}
            {status?.faults.map((found) => <SettingFault key={`${found.code} ${found.path ?? ''}`} fault={found}/>)}
            {status?.quarantine && <QuarantineNotice quarantine={status.quarantine}/>}
            {run && isRunning && <RunProgress run={run}/>}
            {run && !isRunning && <RunResult run={run}/>}
            {status && !run && <p><FormattedMessage id='entrasync.run.none'/></p>}
        </RunFrame>
    );
}

/** A panel with the buttons that start a run, and with what keeps them from it. */
export function RunFrame({job, children}: {job: SyncJob; children: ReactNode}) {
    return (
        <Panel
            title={<FormattedMessage id='entrasync.run.title'/>}
            description={<FormattedMessage id='entrasync.run.description'/>}
            actions={<RunButtons job={job}/>}
        >
            <RunAnnouncement run={job.run}/>
            {job.hasUnsavedSettings && <UnsavedNotice/>}
            <JobFault job={job}/>
            {canStart(job) && <FirstImport job={job}/>}
            {children}
        </Panel>
    );
}

/** An error of the sync as a whole. If its state is not known yet, with a button to retry. */
function JobFault({job: {fault, status, reload}}: {job: SyncJob}) {
    return fault && (
        <>
            <FaultNotice fault={fault}/>
            {status === null && (
                <p>
                    <button type='button' className='btn btn-tertiary btn-sm' onClick={reload}><FormattedMessage id='entrasync.changes.retry'/></button>
                </p>
            )}
        </>
    );
}

/** Keeps runs from starting, and leads to the setting that has to be corrected. */
function SettingFault({fault}: {fault: StatusAnswer['faults'][number]}) {
    const place = placeOfFault(fault);
    const action = place && <PlaceLink to={place} className='btn btn-tertiary btn-sm'><FormattedMessage id='entrasync.attention.correct'/></PlaceLink>;
    return <FaultNotice fault={fault} kind='warning' isUrgent={false} action={action}/>;
}

/** Runs use the saved settings. */
function UnsavedNotice() {
    return (
        <Notice kind='warning' title={<FormattedMessage id='entrasync.run.unsaved'/>}>
            <p><FormattedMessage id='entrasync.run.unsaved_hint'/></p>
        </Notice>
    );
}

/** Nothing may run while the settings have a fault: the server would refuse it. */
export function canStart({status, isBusy, isRunning, hasUnsavedSettings}: SyncJob): boolean {
    const isReady = status !== null && status.configured && status.faults.length === 0;
    return isReady && !isBusy && !isRunning && !hasUnsavedSettings;
}

/** Starts a preview or a sync. While one is active, cancels it. */
function RunButtons({job}: {job: SyncJob}) {
    if (job.isRunning) {
        return (
            <button type='button' className='btn btn-danger' onClick={job.cancel} disabled={job.isBusy}>
                <FormattedMessage id='entrasync.run.cancel'/>
            </button>
        );
    }
    return (
        <>
            <button type='button' className='btn btn-tertiary' onClick={() => job.start('preview')} disabled={!canStart(job)}>
                <FormattedMessage id='entrasync.run.preview'/>
            </button>
            <button type='button' className='btn btn-primary' onClick={() => job.start('apply')} disabled={!canStart(job)}>
                <FormattedMessage id='entrasync.run.apply'/>
            </button>
        </>
    );
}

function StatusLine({status}: {status: StatusAnswer}) {
    if (status.faults.length > 0) {
        return null; // they say what is missing, and nothing runs by itself before
    }
    if (!status.enabled || status.next_run_at === 0) {
        return <p><FormattedMessage id='entrasync.run.no_schedule'/></p>;
    }
    return <p><FormattedMessage id='entrasync.run.next' values={{time: <NextRun ms={status.next_run_at} zone={status.time_zone}/>}}/></p>;
}

/** The schedule is slowed down because its runs fail. */
function QuarantineNotice({quarantine: {failures, since, next_at}}: {quarantine: NonNullable<StatusAnswer['quarantine']>}) {
    return (
        <Notice kind='warning'>
            <p>
                <FormattedMessage
                    id='entrasync.command.quarantine'
                    values={{failures, since: <Moment ms={since}/>, next: <Moment ms={next_at}/>}}
                />
            </p>
        </Notice>
    );
}

/** Speaks only when the state or the phase changes: a screen reader must not read every number. */
function RunAnnouncement({run}: {run: RunAnswer | null}) {
    const intl = useIntl();
    return <p className='sr-only' role='status'>{run && intl.formatMessage({id: announcementOf(run)})}</p>;
}

function announcementOf(run: RunAnswer) {
    if (run.state !== 'running') {
        return `entrasync.run_state.${run.state}` as const;
    }
    return run.progress ? `entrasync.phase.${run.progress.phase}` as const : 'entrasync.run_state.running' as const;
}
