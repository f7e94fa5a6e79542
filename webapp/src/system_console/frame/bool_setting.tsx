import {FormattedMessage} from 'react-intl';

import {useElementId} from '../widgets/use_element_id';

import type {PlainSettingProps} from './settings';

/** A setting that is true or false, with the look of the console's own. In plugin.json it is a dropdown (webapp/generate/manifest.ts). */
export function BoolSetting({id, label, helpText, values = [], value, disabled = false, setByEnv = false, onChange}: PlainSettingProps) {
    const name = useElementId();
    return (
        <div className='form-group'>
            <div className='control-label col-sm-4' id={`${name}-label`}>{label}</div>
            <div className='col-sm-8'>
                <div id={id} role='radiogroup' aria-labelledby={`${name}-label`} aria-describedby={`${name}-help`}>
                    {[...values].reverse().map((option) => (
                        <label key={option.value} className='radio-inline'>
                            <input
                                type='radio'
                                name={name}
                                checked={String(value) === option.value}
                                disabled={disabled || setByEnv}
                                onChange={() => onChange?.(id, option.value === 'true')}
                            />
                            {option.text}
                        </label>
                    ))}
                </div>
                <div className='help-text' id={`${name}-help`}>{helpText}</div>
                {setByEnv && <div className='alert alert-warning'><FormattedMessage id='entrasync.policy.set_by_env'/></div>}
            </div>
        </div>
    );
}
