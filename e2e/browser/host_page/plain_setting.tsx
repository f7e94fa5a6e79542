import type {ReactNode} from 'react';
import {useIntl} from 'react-intl';

import {Text, text} from './text';

/** The names are those of the console's settings. A plugin's section gets them as elements and can replace their texts. */
interface PlainSettingProps {
    id: string;
    type: string;
    label: ReactNode;
    helpText: ReactNode;

    /** Help text below the button that generates a new value. */
    regenerateHelpText?: ReactNode;
    placeholder?: string;

    /** The options of a dropdown. */
    values?: Array<{text: string; value: string}>;
    value: unknown;
    disabled: boolean;
    setByEnv: boolean;
    onChange(id: string, value: unknown): void;
}

/** A setting that the console shows. */
export function PlainSetting(props: PlainSettingProps) {
    const {id, label, helpText, setByEnv} = props;
    return (
        <div className='form-group'>
            <label className='control-label col-sm-4' htmlFor={id}>{label}</label>
            <div className='col-sm-8'>
                <Control {...props} disabled={props.disabled || setByEnv}/>
                <div className='help-text'>{helpText}</div>
                {setByEnv && <div className='alert alert-warning'><Text id='host.set_by_env'/></div>}
            </div>
        </div>
    );
}

function Control({id, type, placeholder, values, value, disabled, regenerateHelpText, onChange}: PlainSettingProps) {
    const shared = {
        id,
        className: 'form-control',
        disabled,
        placeholder,
        value: Number.isNaN(value) ? '' : String(value),
        onChange: (event: {target: {value: string}}) => onChange(id, event.target.value),
    };
    switch (type) {
    case 'bool':
        return <BoolControl id={id} isOn={Boolean(value)} isDisabled={disabled} onChange={(isOn) => onChange(id, isOn)}/>;
    case 'dropdown':
        return (
            <select {...shared}>
                {values?.map((option) => <option key={option.value} value={option.value}>{option.text}</option>)}
            </select>
        );
    case 'generated':
        return <GeneratedControl id={id} value={shared.value} isDisabled={disabled} help={regenerateHelpText} onChange={(made) => onChange(id, made)}/>;
    case 'longtext':
        return <textarea rows={5} {...shared}/>;
    case 'number':
        return <input type='number' {...shared} onChange={(event) => onChange(id, parseInt(event.target.value, 10))}/>;
    default:
        return <input type='text' autoComplete='off' {...shared}/>;
    }
}

function BoolControl({id, isOn, isDisabled, onChange}: {id: string; isOn: boolean; isDisabled: boolean; onChange(isOn: boolean): void}) {
    return (
        <div id={id} role='radiogroup'>
            {[true, false].map((option) => (
                <label key={String(option)} className='radio-inline'>
                    <input type='radio' name={id} checked={isOn === option} disabled={isDisabled} onChange={() => onChange(option)}/>
                    <Text id={option ? 'host.true' : 'host.false'}/>
                </label>
            ))}
        </div>
    );
}

interface GeneratedProps {
    id: string;
    value: string;
    isDisabled: boolean;
    help: ReactNode;
    onChange(value: string): void;
}

function GeneratedControl({id, value, isDisabled, help, onChange}: GeneratedProps) {
    const intl = useIntl();
    const generate = () => onChange(Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(''));
    return (
        <>
            <div className='generated'>
                <input id={id} className='form-control' type='text' readOnly={true} disabled={isDisabled} value={value}/>
                <button type='button' className='btn btn-tertiary' disabled={isDisabled} onClick={generate}>{text(intl, 'host.regenerate')}</button>
            </div>
            {help && <div className='help-text'>{help}</div>}
        </>
    );
}
