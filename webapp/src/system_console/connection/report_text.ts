import type {IntlShape} from 'react-intl';

import type {ConnectionStep} from '../../answers';
import {nameOf} from '../../i18n/name_of';
import {pluginVersion} from '../../manifest';
import type {TestedConnection} from '../../store/actions';
import {rawText} from '../../sync/messages/run_words';

/** A connection test as plain text, for a ticket or a colleague. It has no secrets: the server's answer has none. */
export function reportText(intl: IntlShape, {answer, at}: TestedConnection): string {
    const title = intl.formatMessage({id: 'entrasync.connection.report_title'}, {version: pluginVersion, time: new Date(at).toISOString()});
    const verdict = intl.formatMessage({id: answer.ok ? 'entrasync.connection.ok' : 'entrasync.connection.failed'});
    return [title, verdict, ...answer.steps.flatMap((step) => ['', ...linesOf(intl, step)])].join('\n');
}

function linesOf(intl: IntlShape, step: ConnectionStep): string[] {
    const verdict = intl.formatMessage({id: step.ok ? 'entrasync.connection.step_ok' : 'entrasync.connection.step_refused'});
    const detail = step.detail && ` (${step.detail})`;
    const details = step.ok ? [] : [step.message, step.hint, step.code, rawText(step.raw ?? undefined)];
    return [`${nameOf(intl, 'step', step.step)}: ${verdict}${detail}`, ...details.filter(Boolean).map((line) => `  ${line}`)];
}
