import {FormattedMessage, useIntl} from 'react-intl';

import type {Fault} from '../../sync/errors';
import {changingAttributes} from '../../sync/mapping/auth_data';
import type {FieldRule} from '../../sync/policy/mapping';
import {Notice} from '../widgets/notice';
import {UnfitPart} from '../widgets/unfit_part';
import {useElementId} from '../widgets/use_element_id';
import {hasFaultAt} from '../policy/fault_places';
import type {PolicyDocument} from '../policy/policy_document';

import {defaultRule, faultPathOf, whensOf, withoutRule, withRulePart, type FieldKey, type ShownRule} from './field_rules';
import {SourceEditor} from './source_editor';
import {StepList} from './step_list';

interface Props {
    fieldKey: FieldKey;
    rule: ShownRule;
    document: PolicyDocument;
    faults: readonly Fault[];
    isDisabled: boolean;
    onChange(document: PolicyDocument): void;

    /** Closes the editor. */
    onDone(): void;

    /** The field is as by default again, or the attribute is gone. */
    onReset(): void;
}

/** The rule of one field: where the value comes from, how it is transformed and when it is written. */
export function FieldPanel({fieldKey, rule, document, faults, isDisabled, onChange, onDone, onReset}: Props) {
    const path = faultPathOf(fieldKey);
    const change = (part: 'sources' | 'join' | 'transform' | 'when') => (value: unknown) => onChange(withRulePart(document, fieldKey, part, value));
    const setSeparator = (separator: string | undefined) => change('join')(separator === undefined ? undefined : {separator});
    return (
        <div className='EntraSync__fieldPanel'>
            {rule.sources && rule.separator !== null ? (
                <SourceEditor sources={rule.sources} separator={rule.separator} isDisabled={isDisabled} onSources={change('sources')} onSeparator={setSeparator}/>
            ) : <UnfitPart path={`${path}.sources`} isDisabled={isDisabled} onReset={() => onChange(withRulePart(withRulePart(document, fieldKey, 'join', undefined), fieldKey, 'sources', undefined))}/>}
            {rule.steps ? (
                <StepList steps={rule.steps} path={`${path}.transform`} faults={faults} isDisabled={isDisabled} onChange={change('transform')}/>
            ) : <UnfitPart path={`${path}.transform`} isDisabled={isDisabled} onReset={() => change('transform')(undefined)}/>}
            {fieldKey.name === 'auth_data' && fieldKey.kind === 'field' && rule.when === 'on_create' && changingAttributes(rule.sources ?? []).length > 0 && (
                <Notice kind='warning'><p><FormattedMessage id='entrasync.mapping.auth_data_unfollowed'/></p></Notice>
            )}
            <WhenChoice fieldKey={fieldKey} when={rule.when} hasFault={hasFaultAt(faults, `${path}.when`)} isDisabled={isDisabled} onChange={change('when')}/>
            <div className='EntraSync__actions'>
                <button type='button' className='btn btn-primary btn-sm' onClick={onDone}><FormattedMessage id='entrasync.mapping.done'/></button>
                {rule.isSet && (
                    <button
                        type='button'
                        className='btn btn-tertiary btn-sm'
                        disabled={isDisabled}
                        onClick={() => {
                            onChange(withoutRule(document, fieldKey));
                            onReset();
                        }}
                    >
                        <FormattedMessage id={fieldKey.kind === 'attribute' ? 'entrasync.mapping.remove_attribute' : 'entrasync.mapping.reset'}/>
                    </button>
                )}
            </div>
        </div>
    );
}

interface WhenProps {
    fieldKey: FieldKey;
    when: FieldRule['when'] | null;
    hasFault: boolean;
    isDisabled: boolean;
    onChange(when: FieldRule['when']): void;
}

function WhenChoice({fieldKey, when, hasFault, isDisabled, onChange}: WhenProps) {
    const intl = useIntl();
    const id = useElementId();
    const allowed = whensOf(fieldKey);
    const byDefault = defaultRule(fieldKey).when;
    const isUnfit = hasFault || when === null;
    return (
        <div className='EntraSync__when'>
            <label htmlFor={id}><FormattedMessage id='entrasync.when.label'/></label>
            <select
                id={id}
                className='form-control'
                value={isUnfit ? '' : when}
                disabled={isDisabled || (allowed.length === 1 && !isUnfit)}
                aria-invalid={isUnfit}
                aria-describedby={`${id}-help`}
                onChange={(event) => onChange(event.target.value as FieldRule['when'])}
            >
                {isUnfit && <option value='' disabled={true}>{intl.formatMessage({id: 'entrasync.when.unfit'})}</option>}
                {allowed.map((each) => {
                    const name = intl.formatMessage({id: `entrasync.when.${each}`});
                    return <option key={each} value={each}>{each === byDefault ? intl.formatMessage({id: 'entrasync.choice.default'}, {name}) : name}</option>;
                })}
            </select>
            <p id={`${id}-help`} className='help-text'>
                <FormattedMessage id={isUnfit ? 'entrasync.when.unfit_help' : `entrasync.when.${when}_help`}/>
            </p>
        </div>
    );
}
