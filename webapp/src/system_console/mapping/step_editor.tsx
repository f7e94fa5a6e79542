import {useState, type ReactNode} from 'react';
import {FormattedMessage, useIntl, type IntlShape} from 'react-intl';

import type {Fault} from '../../sync/errors';
import type {Step} from '../../sync/policy/mapping';
import {clearUnreadable} from '../widgets/clear_unreadable';
import {ignoreEnter} from '../widgets/ignore_enter';
import {useElementId} from '../widgets/use_element_id';
import {hasFaultAt} from '../policy/fault_places';

import {maxGroup, maxLength, maxPattern, maxText, patternTrouble} from './step_kinds';

interface Props<S extends Step = Step> {
    step: S;

    /** Where faults name the step. */
    path: string;
    faults: readonly Fault[];
    isDisabled: boolean;
    onChange(step: Step): void;
}

/** The options of one step besides its kind; nothing for a step without options. */
export function StepEditor({step, ...props}: Props) {
    switch (step.step) {
    case 'match':
        return <MatchEditor step={step} {...props}/>;
    case 'replace':
        return <ReplaceEditor step={step} {...props}/>;
    case 'replace_pattern':
        return <ReplacePatternEditor step={step} {...props}/>;
    case 'truncate':
        return <TruncateEditor step={step} {...props}/>;
    default:
        return null;
    }
}

function MatchEditor({step, path, faults, ...props}: Props<Extract<Step, {step: 'match'}>>) {
    const intl = useIntl();
    const id = useElementId();
    const group = hasFaultAt(faults, `${path}.group`) ? intl.formatMessage({id: 'entrasync.step.no_group'}) : null;
    return (
        <div className='EntraSync__pair'>
            <PatternParameter step={step} {...props}/>
            <Parameter
                label={<FormattedMessage id='entrasync.step.group'/>}
                type='number'
                value={step.group === undefined ? '' : String(step.group)}
                placeholder={intl.formatMessage({id: 'entrasync.step.group_default'})}
                max={maxGroup}
                fault={group}
                isDisabled={props.isDisabled}
                onChange={(text) => props.onChange(matchStep({...step, group: text === '' ? undefined : Number(text)}))}
            />
            <div>
                <label htmlFor={id}><FormattedMessage id='entrasync.step.otherwise'/></label>
                <select
                    id={id}
                    className='form-control'
                    value={step.otherwise ?? 'keep'}
                    disabled={props.isDisabled}
                    onChange={(event) => props.onChange(matchStep({...step, otherwise: event.target.value as 'keep' | 'empty'}))}
                >
                    <option value='keep'>{intl.formatMessage({id: 'entrasync.step.otherwise_keep'})}</option>
                    <option value='empty'>{intl.formatMessage({id: 'entrasync.step.otherwise_empty'})}</option>
                </select>
            </div>
        </div>
    );
}

/** Without default values. */
function matchStep({step, pattern, group, otherwise}: Extract<Step, {step: 'match'}>): Step {
    return {step, pattern, ...(group === undefined ? {} : {group}), ...(otherwise === 'empty' ? {otherwise} : {})} as Step;
}

function ReplaceEditor({step, isDisabled, onChange}: Props<Extract<Step, {step: 'replace'}>>) {
    const intl = useIntl();
    return (
        <div className='EntraSync__pair'>
            <Parameter
                label={<FormattedMessage id='entrasync.step.text'/>}
                value={step.text}
                fault={step.text === '' || step.text.length > maxText ? intl.formatMessage({id: 'entrasync.step.text_needed'}, {max: maxText}) : null}
                isDisabled={isDisabled}
                onChange={(text) => onChange({...step, text})}
            />
            <WithParameter step={step} isDisabled={isDisabled} onChange={onChange}/>
        </div>
    );
}

function ReplacePatternEditor({step, isDisabled, onChange}: Props<Extract<Step, {step: 'replace_pattern'}>>) {
    return (
        <div className='EntraSync__pair'>
            <PatternParameter step={step} isDisabled={isDisabled} onChange={onChange}/>
            <WithParameter step={step} isDisabled={isDisabled} onChange={onChange}/>
        </div>
    );
}

function TruncateEditor({step, path, faults, isDisabled, onChange}: Props<Extract<Step, {step: 'truncate'}>>) {
    const intl = useIntl();
    return (
        <div className='EntraSync__pair'>
            <Parameter
                label={<FormattedMessage id='entrasync.step.length'/>}
                type='number'
                value={String(step.length)}
                min={1}
                max={maxLength}
                fault={hasFaultAt(faults, `${path}.length`) ? intl.formatMessage({id: 'entrasync.number.whole'}, {min: 1, max: maxLength}) : null}
                isDisabled={isDisabled}
                onChange={(text) => onChange({...step, length: Number(text)})}
            />
        </div>
    );
}

type Changing<S> = {step: S; isDisabled: boolean; onChange(step: Step): void};

function PatternParameter({step, isDisabled, onChange}: Changing<Extract<Step, {pattern: string}>>) {
    const intl = useIntl();
    return (
        <Parameter
            label={<FormattedMessage id='entrasync.step.pattern'/>}
            value={step.pattern}
            isCode={true}
            fault={patternWords(intl, step.pattern)}
            isDisabled={isDisabled}
            onChange={(pattern) => onChange({...step, pattern})}
        />
    );
}

function WithParameter({step, isDisabled, onChange}: Changing<Extract<Step, {with: string}>>) {
    const intl = useIntl();
    return (
        <Parameter
            label={<FormattedMessage id='entrasync.step.with'/>}
            value={step.with}
            fault={step.with.length > maxText ? intl.formatMessage({id: 'entrasync.step.with_too_long'}, {max: maxText}) : null}
            isDisabled={isDisabled}
            onChange={(text) => onChange({...step, with: text})}
        />
    );
}

/** What is wrong with a pattern, or null. */
function patternWords(intl: IntlShape, pattern: string): ReactNode {
    const trouble = patternTrouble(pattern);
    if (trouble?.kind === 'wrong') {
        return intl.formatMessage({id: 'entrasync.step.pattern_wrong'}, {position: trouble.position, detail: <code key='detail'>{trouble.detail}</code>});
    }
    return trouble && intl.formatMessage({id: `entrasync.step.pattern_${trouble.kind}`}, {max: maxPattern});
}

interface ParameterProps {
    label: ReactNode;
    value: string;
    type?: 'text' | 'number';
    isCode?: boolean;
    placeholder?: string;
    min?: number;
    max?: number;
    fault: ReactNode;
    isDisabled: boolean;
    onChange(text: string): void;
}

function Parameter({label, value, type = 'text', isCode = false, placeholder, min = 0, max, fault, isDisabled, onChange}: ParameterProps) {
    const id = useElementId();

    // What is being typed, such as a box that is empty for a moment.
    const [draft, setDraft] = useState<string | null>(null);
    return (
        <div>
            <label htmlFor={id}>{label}</label>
            <input
                id={id}
                type={type}
                className={isCode ? 'form-control EntraSync__text' : 'form-control'}
                spellCheck={false}
                placeholder={placeholder}
                {...(type === 'number' ? {min, max} : {})}
                value={draft ?? value}
                disabled={isDisabled}
                aria-invalid={fault !== null}
                aria-describedby={fault === null ? undefined : `${id}-fault`}
                onChange={(event) => {
                    setDraft(event.target.value);
                    onChange(event.target.value);
                }}
                onBlur={({target}) => {
                    clearUnreadable(target);
                    setDraft(null);
                }}
                onKeyDown={ignoreEnter}
            />
            {fault !== null && <p id={`${id}-fault`} className='EntraSync__fault'>{fault}</p>}
        </div>
    );
}
