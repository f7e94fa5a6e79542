import {useEffect, useRef, useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {Fault} from '../../sync/errors';
import {MAX_STEPS, type Step} from '../../sync/policy/mapping';
import {moved, OrderButtons} from '../widgets/order_buttons';
import {useElementId} from '../widgets/use_element_id';

import type {ShownStep} from './field_rules';
import {StepEditor} from './step_editor';
import {isKnownStep, newStep, stepKinds} from './step_kinds';
import {useStepName} from './use_step_name';

interface Props {
    steps: ShownStep[];

    /** Where faults name the list. */
    path: string;
    faults: readonly Fault[];
    isDisabled: boolean;
    onChange(steps: ShownStep[]): void;
}

/** The transformations of a value, one after the other. */
export function StepList({steps, path, faults, isDisabled, onChange}: Props) {
    const intl = useIntl();
    const nameOfStep = useStepName();
    const id = useElementId();
    const list = useRef<HTMLOListElement>(null);
    const focusRow = useNewRow(list);
    const remove = (index: number) => {
        onChange(steps.filter((_, other) => other !== index));
        focusRow(Math.min(index, steps.length - 2));
    };
    return (
        <fieldset className='EntraSync__stepList' aria-labelledby={id}>
            <p id={id} className='EntraSync__label'><FormattedMessage id='entrasync.step.label'/></p>
            <p className='help-text'><FormattedMessage id='entrasync.step.help'/></p>
            <ol ref={list}>
                {steps.map((step, index) => (
                    <li key={index}>
                        <div className='EntraSync__entry'>
                            <span className='EntraSync__stepName'>{nameOfStep(step)}</span>
                            <OrderButtons name={nameOfStep(step)} index={index} count={steps.length} isDisabled={isDisabled} onMove={(to) => onChange(moved(steps, index, to))}/>
                            <button
                                type='button'
                                className='btn btn-tertiary btn-sm'
                                disabled={isDisabled}
                                aria-label={intl.formatMessage({id: 'entrasync.list.remove_item'}, {name: nameOfStep(step)})}
                                onClick={() => remove(index)}
                            >
                                <FormattedMessage id='entrasync.list.remove'/>
                            </button>
                        </div>
                        {isKnownStep(step) ? (
                            <StepEditor
                                step={step}
                                path={`${path}[${index}]`}
                                faults={faults}
                                isDisabled={isDisabled}
                                onChange={(changed) => onChange(steps.map((old, other) => (other === index ? changed : old)))}
                            />
                        ) : <p className='help-text'><FormattedMessage id='entrasync.step.unknown'/>{' '}<code>{JSON.stringify(step)}</code></p>}
                    </li>
                ))}
            </ol>
            {steps.length < MAX_STEPS && (
                <AddStep
                    isDisabled={isDisabled}
                    onAdd={(kind) => {
                        onChange([...steps, newStep(kind)]);
                        focusRow(steps.length);
                    }}
                />
            )}
        </fieldset>
    );
}

function AddStep({isDisabled, onAdd}: {isDisabled: boolean; onAdd(kind: Step['step']): void}) {
    const nameOfStep = useStepName();
    const id = useElementId();
    const [kind, setKind] = useState<Step['step']>(stepKinds[0]!);
    return (
        <div className='EntraSync__entry'>
            <label className='sr-only' htmlFor={id}><FormattedMessage id='entrasync.step.new'/></label>
            <select id={id} className='form-control' value={kind} disabled={isDisabled} onChange={(event) => setKind(event.target.value as Step['step'])}>
                {stepKinds.map((each) => <option key={each} value={each}>{nameOfStep({step: each})}</option>)}
            </select>
            <button type='button' className='btn btn-tertiary btn-sm' disabled={isDisabled} onClick={() => onAdd(kind)}><FormattedMessage id='entrasync.step.add'/></button>
        </div>
    );
}

/** After the next rendering, moves the focus to the first control of a row; below the list if there is no row. */
function useNewRow(list: React.RefObject<HTMLOListElement | null>): (index: number) => void {
    const wanted = useRef<number | null>(null);
    useEffect(() => {
        if (wanted.current === null) {
            return;
        }
        const row = list.current?.children[wanted.current];
        const within = row ?? list.current?.parentElement;
        const control = within?.querySelector<HTMLElement>('input') ?? within?.querySelector<HTMLElement>('select, button:enabled');
        control?.focus();
        wanted.current = null;
    });
    return (index) => {
        wanted.current = index;
    };
}
