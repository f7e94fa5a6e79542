import type {PluginSetting} from '@mattermost/types/plugins';
import {useIntl} from 'react-intl';

import {Text, text} from './text';

interface Props {
    id: string;
    setting: PluginSetting;
    value: unknown;
    isDisabled: boolean;
    isSetByEnv: boolean;
    onChange(id: string, value: unknown): void;
}

/** A setting that the console itself shows. */
export function PlainSetting(props: Props) {
    const {id, setting, isSetByEnv} = props;
    return (
        <div className='form-group'>
            <label className='control-label col-sm-4' htmlFor={id}>{setting.display_name}</label>
            <div className='col-sm-8'>
                <Control {...props} isDisabled={props.isDisabled || isSetByEnv}/>
                <div className='help-text'>{String(setting.help_text ?? '')}</div>
                {isSetByEnv && <div className='alert alert-warning'><Text id='host.set_by_env'/></div>}
            </div>
        </div>
    );
}

function Control({id, setting, value, isDisabled, onChange}: Props) {
    const shared = {
        id,
        className: 'form-control',
        disabled: isDisabled,
        placeholder: setting.placeholder,
        value: String(value ?? ''),
        onChange: (event: {target: {value: string}}) => onChange(id, event.target.value),
    };
    switch (setting.type) {
    case 'bool':
        return <BoolControl id={id} isOn={Boolean(value)} isDisabled={isDisabled} onChange={(isOn) => onChange(id, isOn)}/>;
    case 'dropdown':
        return (
            <select {...shared}>
                {setting.options?.map((option) => <option key={option.value} value={option.value}>{option.display_name}</option>)}
            </select>
        );
    case 'generated':
        return <GeneratedControl id={id} value={shared.value} isDisabled={isDisabled} onChange={(made) => onChange(id, made)}/>;
    case 'longtext':
        return <textarea rows={5} {...shared}/>;
    case 'number':
        return <input type='number' {...shared} onChange={(event) => onChange(id, Number(event.target.value))}/>;
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

function GeneratedControl({id, value, isDisabled, onChange}: {id: string; value: string; isDisabled: boolean; onChange(value: string): void}) {
    const intl = useIntl();
    const generate = () => onChange(Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(''));
    return (
        <div className='generated'>
            <input id={id} className='form-control' type='text' readOnly={true} disabled={isDisabled} value={value}/>
            <button type='button' className='btn btn-tertiary' disabled={isDisabled} onClick={generate}>{text(intl, 'host.regenerate')}</button>
        </div>
    );
}
