import {FormattedMessage, useIntl} from 'react-intl';

import {operators} from '../../../sync/policy/condition';
import {ignoreEnter} from '../../widgets/ignore_enter';
import {useElementId} from '../../widgets/use_element_id';
import {withPart} from '../policy_document';

import {attributeOf, keysOfValue, withOperator, type LooseComparison} from './condition_part';
import {useEditor} from '../editor_context';
import {FaultsAt} from '../faults_at';
import {UnlistedOption} from '../unlisted_option';
import {RemoveCondition} from './remove_condition';
import {ValueBox} from './value_box';

interface Props {
    comparison: LooseComparison;
    path: string;
    onChange(comparison: LooseComparison): void;
    onRemove?: (() => void) | undefined;
}

/** An attribute against a value. */
export function ComparisonBox({comparison, path, onChange, onRemove}: Props) {
    const intl = useIntl();
    const id = useElementId();
    const {faults, attributesId, isDisabled} = useEditor();
    const {attribute = '', operator = ''} = comparison;
    const hasValue = keysOfValue(comparison).length > 0;
    return (
        <div className='EntraSync__comparison' role='group' aria-label={intl.formatMessage({id: 'entrasync.users.rule_condition'})}>
            <div className='EntraSync__field'>
                <label htmlFor={`${id}-attribute`}><FormattedMessage id='entrasync.users.rule_attribute'/></label>
                <input
                    id={`${id}-attribute`}
                    type='text'
                    className='form-control'
                    list={attributesId}
                    autoComplete='off'
                    spellCheck={false}
                    disabled={isDisabled}
                    value={attribute}
                    aria-invalid={faults.has(`${path}.attribute`)}
                    aria-describedby={`${id}-attribute-faults`}
                    onChange={(event) => onChange({...comparison, attribute: attributeOf(event.target.value)})}
                    onKeyDown={ignoreEnter}
                />
                <FaultsAt faults={faults} path={`${path}.attribute`} id={`${id}-attribute-faults`} form={intl.formatMessage({id: 'entrasync.users.rule_no_attribute'})}/>
            </div>
            <div className='EntraSync__field'>
                <label htmlFor={`${id}-operator`}><FormattedMessage id='entrasync.users.rule_operator'/></label>
                <select
                    id={`${id}-operator`}
                    className='form-control'
                    disabled={isDisabled}
                    value={operator}
                    aria-invalid={faults.has(`${path}.operator`)}
                    aria-describedby={`${id}-operator-faults`}
                    onChange={(event) => onChange(withOperator(comparison, event.target.value))}
                >
                    <UnlistedOption value={operator} known={operators}/>
                    {operators.map((name) => <option key={name} value={name}>{intl.formatMessage({id: `entrasync.operator.${name}`})}</option>)}
                </select>
                <FaultsAt faults={faults} path={`${path}.operator`} id={`${id}-operator-faults`}/>
            </div>
            {hasValue && <ValueBox comparison={comparison} path={path} onChange={onChange}/>}
            {hasValue && <CaseBox comparison={comparison} onChange={onChange}/>}
            {onRemove && <RemoveCondition onRemove={onRemove}/>}
        </div>
    );
}

/** That case does not matter is the default, which is not written down. */
function CaseBox({comparison, onChange}: Pick<Props, 'comparison' | 'onChange'>) {
    const id = useElementId();
    const {isDisabled} = useEditor();
    return (
        <div className='EntraSync__switch'>
            <input
                id={id}
                type='checkbox'
                disabled={isDisabled}
                checked={comparison.case_sensitive === true}
                onChange={(event) => onChange(withPart({...comparison}, ['case_sensitive'], event.target.checked || undefined))}
                onKeyDown={ignoreEnter}
            />
            <label htmlFor={id}><FormattedMessage id='entrasync.users.rule_case_sensitive'/></label>
        </div>
    );
}
