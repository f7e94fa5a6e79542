import {useRef} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {ConnectionStep} from '../../answers';
import {nameOf} from '../../i18n/name_of';
import type {TestedConnection} from '../../store/actions';

import {useFocusOfPlace} from '../frame/use_focus_of_place';
import {CopyButton} from '../widgets/copy_button';
import {FaultNotice} from '../widgets/fault_notice';
import {Moment} from '../widgets/moment';
import {Panel} from '../widgets/panel';
import {Tag} from '../widgets/tag';
import {reportText} from './report_text';
import {useConnectionTest} from './use_connection_test';

interface Props {
    hasUnsavedSettings: boolean;

    /** The saved settings, as `GET /status` tells them apart. */
    revision: string;
}

/** Tries the saved settings against Microsoft, step by step. */
export function ConnectionPanel({hasUnsavedSettings, revision}: Props) {
    const {tested, fault, isRunning, start} = useConnectionTest(revision);
    const button = useRef<HTMLButtonElement>(null);
    useFocusOfPlace((focus) => (focus === 'test' ? button.current : null));
    return (
        <Panel
            title={<FormattedMessage id='entrasync.connection.title'/>}
            description={<FormattedMessage id='entrasync.connection.description'/>}
            actions={(
                <button type='button' className='btn btn-primary' ref={button} onClick={start} disabled={isRunning}>
                    <FormattedMessage id='entrasync.connection.test'/>
                </button>
            )}
        >
            <div role='status'>
                {isRunning && <p><FormattedMessage id='entrasync.connection.running'/></p>}
                {tested && <Verdict tested={tested}/>}
            </div>
            {hasUnsavedSettings && <p><FormattedMessage id='entrasync.connection.unsaved'/></p>}
            {fault && <FaultNotice fault={fault}/>}
            {tested && <Report tested={tested}/>}
            {!tested && !fault && !isRunning && <p><FormattedMessage id='entrasync.connection.untested'/></p>}
        </Panel>
    );
}

function Verdict({tested: {answer, at}}: {tested: TestedConnection}) {
    return (
        <p>
            <strong><FormattedMessage id={answer.ok ? 'entrasync.connection.ok' : 'entrasync.connection.failed'}/></strong>
            {' '}
            <span className='EntraSync__quiet'><FormattedMessage id='entrasync.connection.tested_at' values={{time: <Moment ms={at}/>}}/></span>
        </p>
    );
}

function Report({tested}: {tested: TestedConnection}) {
    const intl = useIntl();
    return (
        <>
            <ol className='EntraSync__steps'>{tested.answer.steps.map((step) => <Step key={step.step} step={step}/>)}</ol>
            <CopyButton key={tested.at} text={reportText(intl, tested)}><FormattedMessage id='entrasync.connection.copy'/></CopyButton>
        </>
    );
}

/** The step that reads groups is optional: its refusal warns, it does not fail the test. */
function Step({step}: {step: ConnectionStep}) {
    const intl = useIntl();
    const kind = step.step === 'groups' ? 'warning' : 'danger';
    return (
        <li>
            <Tag kind={step.ok ? 'success' : kind}>
                <FormattedMessage id={step.ok ? 'entrasync.connection.step_ok' : 'entrasync.connection.step_refused'}/>
            </Tag>
            {' '}
            <strong>{nameOf(intl, 'step', step.step)}</strong>
            {' '}
            {step.step === 'groups' && <span className='EntraSync__quiet'><FormattedMessage id='entrasync.connection.optional'/></span>}
            {step.detail && <bdi className='EntraSync__quiet EntraSync__detail'>{step.detail}</bdi>}
            {!step.ok && <FaultNotice fault={{code: 'internal', message: step.message, hint: step.hint, raw: step.raw ?? undefined}} kind={kind} isUrgent={false}/>}
        </li>
    );
}
