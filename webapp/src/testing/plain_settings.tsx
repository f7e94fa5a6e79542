/** Replaces the settings that the console renders: a labeled text box each, which changes nothing. */
import {settingsOf, type PlainSettings} from '../system_console/frame/settings';
import {isBoolSetting, type SettingKey} from '../sync/settings/keys';

interface Props {
    id: string;
    value: unknown;
    label?: string;
    helpText?: string;
    values?: Array<{text: string; value: string}> | undefined;
}

const switchOptions = ['false', 'true'].map((value) => ({text: value, value}));

function PlainSetting({id, value, label, helpText}: Props) {
    return (
        <div className='form-group'>
            <label htmlFor={id}>{label}</label>
            <input id={id} readOnly={true} value={String(value ?? '')}/>
            <div className='help-text'>{helpText}</div>
        </div>
    );
}

/** The settings with these values, as shown on the screen. */
export function samplePlainSettings(values: Partial<Record<SettingKey, unknown>>): PlainSettings {
    return settingsOf(Object.entries(values).map(([key, value]) => (
        <PlainSetting key={key} id={`PluginSettings.Plugins.entrasync.${key.toLowerCase()}`} value={value} values={isBoolSetting(key as SettingKey) ? switchOptions : undefined}/>
    )));
}
