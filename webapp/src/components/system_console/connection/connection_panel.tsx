import {FormattedMessage, useIntl} from 'react-intl';

import type {ConnectionAnswer, ConnectionStep} from '../../../answers';
import {nameOf} from '../../../i18n/name_of';

import {FaultNotice} from '../common/fault_notice';
import {Panel} from '../common/panel';
import {Tag} from '../common/tag';
import {useConnectionTest} from './use_connection_test';

/** Tries the saved settings against Microsoft, step by step. */
export function ConnectionPanel({hasUnsavedSettings}: {hasUnsavedSettings: boolean}) {
    const {answer, fault, isRunning, start} = useConnectionTest();
    return (
        <Panel
            title={<FormattedMessage id='entrasync.connection.title'/>}
            description={<FormattedMessage id='entrasync.connection.description'/>}
            actions={(
                <button type='button' className='btn btn-tertiary' onClick={start} disabled={isRunning}>
                    <FormattedMessage id='entrasync.connection.test'/>
                </button>
            )}
        >
            <div role='status'>
                {isRunning && <p><FormattedMessage id='entrasync.connection.running'/></p>}
                {answer && <Verdict answer={answer}/>}
            </div>
            {hasUnsavedSettings && <p><FormattedMessage id='entrasync.connection.unsaved'/></p>}
            {fault && <FaultNotice fault={fault}/>}
            {answer && <ol className='EntraSync__steps'>{answer.steps.map((step) => <Step key={step.step} step={step}/>)}</ol>}
            {!answer && !fault && !isRunning && <p><FormattedMessage id='entrasync.connection.untested'/></p>}
        </Panel>
    );
}

function Verdict({answer}: {answer: ConnectionAnswer}) {
    return <p><FormattedMessage id={answer.ok ? 'entrasync.connection.ok' : 'entrasync.connection.failed'}/></p>;
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
            {step.detail && <bdi className='EntraSync__quiet EntraSync__detail'>{step.detail}</bdi>}
            {!step.ok && <FaultNotice fault={{code: 'internal', message: step.message, hint: step.hint, raw: step.raw ?? undefined}} kind={kind} isUrgent={false}/>}
        </li>
    );
}
