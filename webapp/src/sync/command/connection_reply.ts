import type {DescribedFault} from '../errors';
import {faultLines} from '../messages/fault_lines';
import type {ConnectionStep} from '../lists';
import {code} from '../messages/markdown';
import {translate} from '../messages/translate';

import type {Reader} from './reader';

/** Answer of `POST /connection/test`: the fields of a described fault are in the step itself. */
interface ConnectionAnswer {
    ok: boolean;
    steps: Array<{step: ConnectionStep; ok: boolean; detail: string} & Partial<DescribedFault>>;
}

function stepLines(reader: Reader, step: ConnectionAnswer['steps'][number]): string[] {
    const {locale} = reader;
    const name = translate(locale, `step.${step.step}`);
    if (step.ok) {
        return [`- ✔ ${name}${step.detail ? `: ${code(step.detail)}` : ''}`];
    }
    const optional = step.step === 'groups' ? ` (${translate(locale, 'command.optional')})` : '';
    const fault = step.code ? faultLines(reader.locale, step as DescribedFault) : [];
    return [`- ✖ ${name}${optional}`, ...fault.map((line) => `  ${line}`)];
}

/** Whether the connection works, step by step. */
export function connectionReply(reader: Reader, {ok, steps}: ConnectionAnswer): string[] {
    return [translate(reader.locale, ok ? 'command.test_passed' : 'command.test_failed'), ...steps.flatMap((step) => stepLines(reader, step))];
}
