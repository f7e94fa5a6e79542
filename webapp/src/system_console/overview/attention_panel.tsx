import type {ReactNode} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {wordsOf} from '../../i18n/fault_words';
import type {AttentionItem} from '../../sync/health/attention';
import type {SettingFault} from '../../sync/health/facts';
import {isOfConnection} from '../../sync/run_outcome';
import type {Credential} from '../../sync/settings/descriptors';
import type {Run} from '../../sync/types';
import {FaultPlace, RawFault} from '../widgets/fault_notice';
import {Moment} from '../widgets/moment';
import {Panel} from '../widgets/panel';
import {Tag} from '../widgets/tag';
import {Expires} from '../connection/expiry_notice';
import type {Place} from '../../store/place';
import {PlaceLink} from '../frame/place_link';
import {HoldKinds} from '../runs/approval/held_notice';
import {placeOfFault} from '../frame/place_of_fault';

/** A list of what needs attention, each with a link to the place where it is resolved. */
export function AttentionPanel({items, credential}: {items: AttentionItem[]; credential: Credential}) {
    return (
        <Panel title={<FormattedMessage id='entrasync.attention.title'/>}>
            {items.length === 0 ?
                <p><FormattedMessage id='entrasync.attention.none'/></p> :
                <ul className='EntraSync__attention'>{items.map((item) => <Item key={keyOf(item)} item={item} credential={credential}/>)}</ul>}
        </Panel>
    );
}

function keyOf(item: AttentionItem): string {
    return 'fault' in item ? `${item.kind} ${item.fault.code} ${item.fault.path ?? ''}` : item.kind;
}

function Item({item, credential}: {item: AttentionItem; credential: Credential}) {
    switch (item.kind) {
    case 'fault':
        return <FaultRow kind='danger' fault={item.fault}/>;
    case 'warning':
        return <FaultRow kind='warning' fault={item.fault}/>;
    case 'failed_run':
        return <FailedRunRow run={item.run}/>;
    case 'quarantine': {
        const {failures, since, next_at} = item.quarantine;
        const values = {failures, since: <Moment ms={since}/>, next: <Moment ms={next_at}/>};
        return <Row kind='danger' title={<FormattedMessage id='entrasync.command.quarantine' values={values}/>} action={<WayToRun run={item.run}/>}/>;
    }
    case 'expiry':
        return (
            <Row
                kind={item.expiry === 'expired' ? 'danger' : 'warning'}
                title={<Expires expiry={item.expiry} at={item.at} credential={credential}/>}
                action={<Way to={{tab: 'connection'}} id='entrasync.attention.open_connection'/>}
            >
                <p><FormattedMessage id='entrasync.expiry.hint'/></p>
            </Row>
        );
    case 'schedule_off':
        return (
            <Row
                kind='info'
                title={<FormattedMessage id='entrasync.attention.schedule_off'/>}
                action={<Way to={{tab: 'schedule', focus: 'Enabled'}} id='entrasync.attention.open_schedule'/>}
            />
        );
    default:
        return <RunItem item={item}/>;
    }
}

/** What a run has left to look at. */
function RunItem({item}: {item: Exclude<AttentionItem, {kind: 'fault' | 'warning' | 'failed_run' | 'quarantine' | 'expiry' | 'schedule_off'}>}) {
    switch (item.kind) {
    case 'held':
        return (
            <Row
                kind='warning'
                title={<FormattedMessage id='entrasync.attention.held'/>}
                action={<Way to={{tab: 'runs', run: item.run.id, status: 'held'}} id='entrasync.attention.review_held'/>}
            />
        );
    case 'preview_holds':
        return (
            <Row kind='warning' title={<FormattedMessage id='entrasync.attention.preview_holds'/>} action={<WayToRun run={item.run}/>}>
                <HoldKinds run={item.run}/>
            </Row>
        );
    case 'does_not_fit':
        return (
            <Row
                kind='warning'
                title={<FormattedMessage id='entrasync.warning.does_not_fit' values={{count: item.run.does_not_fit}}/>}
                action={<WayToRun run={item.run}/>}
            />
        );
    case 'conflicts':
        return (
            <Row
                kind='warning'
                title={<FormattedMessage id='entrasync.attention.conflicts' values={{count: item.count}}/>}
                action={<Way to={{tab: 'runs', run: item.run, action: item.run && 'conflict'}} id='entrasync.attention.show_conflicts'/>}
            />
        );
    case 'failing':
        return (
            <Row
                kind='warning'
                title={<FormattedMessage id='entrasync.attention.failing' values={{count: item.count}}/>}
                action={<WaysToFailures {...item}/>}
            />
        );
    }
}

/** In a run some have failed, and others have not been tried because they failed before. */
function WaysToFailures({run, tried, waiting}: Extract<AttentionItem, {kind: 'failing'}>) {
    return (
        <>
            {tried > 0 && <Way to={{tab: 'runs', run, status: 'failed'}} id='entrasync.attention.show_failed'/>}
            {waiting > 0 && <Way to={{tab: 'runs', run, reason: 'retry_waits'}} id='entrasync.attention.show_waiting'/>}
            {tried + waiting === 0 && <Way to={{tab: 'runs'}} id='entrasync.attention.show_run'/>}
        </>
    );
}

function FaultRow({kind, fault}: {kind: 'danger' | 'warning'; fault: SettingFault}) {
    const words = wordsOf(useIntl(), fault);
    const place = placeOfFault(fault);
    return (
        <Row
            kind={kind}
            title={words.message}
            action={place && <PlaceLink to={place} className='btn btn-tertiary btn-sm'><FormattedMessage id='entrasync.attention.correct'/></PlaceLink>}
        >
            {words.hint && <p>{words.hint}</p>}
            <FaultPlace path={fault.path}/>
            <RawFault fault={fault} told={words.message}/>
        </Row>
    );
}

/** Announced at once, because the user may have just started the run. */
function FailedRunRow({run}: {run: Extract<AttentionItem, {kind: 'failed_run'}>['run']}) {
    const intl = useIntl();
    const words = run.error ? wordsOf(intl, run.error) : {message: intl.formatMessage({id: 'entrasync.attention.failed_run'}), hint: ''};
    return (
        <Row kind='danger' isUrgent={true} title={words.message} action={<WayToRun run={run}/>}>
            {words.hint && <p>{words.hint}</p>}
            {run.error && <RawFault fault={run.error}/>}
        </Row>
    );
}

interface RowProps {
    kind: 'danger' | 'warning' | 'info';
    title: ReactNode;
    action: ReactNode;
    isUrgent?: boolean;
    children?: ReactNode;
}

function Row({kind, title, action, isUrgent = false, children}: RowProps) {
    return (
        <li>
            <Tag kind={kind}><FormattedMessage id={`entrasync.attention.kind_${kind}`}/></Tag>
            <div className='EntraSync__attentionText' role={isUrgent ? 'alert' : undefined}>
                <p><strong>{title}</strong></p>
                {children}
            </div>
            {action}
        </li>
    );
}

/** A failed run is fixed on the connection tab, or the run itself shows how. */
function WayToRun({run}: {run: Pick<Run, 'id' | 'error'> | null}) {
    return isOfConnection(run) ?
        <Way to={{tab: 'connection'}} id='entrasync.attention.open_connection'/> :
        <Way to={{tab: 'runs', run: run?.id ?? ''}} id='entrasync.attention.show_run'/>;
}

type WayName = `entrasync.attention.${'open_connection' | 'open_schedule' | 'review_held' | 'show_conflicts' | 'show_failed' | 'show_run' | 'show_waiting'}`;

function Way({to, id}: {to: Partial<Place>; id: WayName}) {
    return <PlaceLink to={to} className='btn btn-tertiary btn-sm'><FormattedMessage id={id}/></PlaceLink>;
}
