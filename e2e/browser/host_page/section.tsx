import type {PluginSetting, PluginSettingSection} from '@mattermost/types/plugins';
import {createElement, type ComponentType, type ReactElement} from 'react';

import type {CustomSettingProps} from '../../../webapp/src/registry';

import {PlainSetting} from './plain_setting';
import type {PluginRegistry} from './plugin_registry';
import {Text} from './text';
import type {ConsoleConfig} from './use_config';

/** One section of the schema, shown by the plugin's component if it has registered one. */
export function Section({section, registry, config}: {section: PluginSettingSection; registry: PluginRegistry; config: ConsoleConfig}) {
    // Settings for Mattermost Cloud are hidden elsewhere.
    const settings = section.settings.filter(({hosting}) => hosting !== 'cloud').map((setting) => elementOf(setting, registry, config));
    const Custom = section.custom ? registry.sectionOf(section.key) : undefined;
    if (Custom) {
        return createElement(Custom, {settingsList: settings, sectionTitle: section.title ?? '', sectionDescription: section.subtitle});
    }
    if (section.custom && !section.fallback) {
        return <div className='banner warning'><Text id='host.not_loaded'/></div>;
    }
    return (
        <div className='config-section'>
            <h4>{section.title}</h4>
            <p className='section-subtitle'>{section.subtitle}</p>
            {settings}
        </div>
    );
}

/** The web client passes more than our component uses. A plugin can rely on all of it. */
type AllProps = CustomSettingProps & Pick<ConsoleConfig, 'config' | 'registerSaveAction' | 'unRegisterSaveAction'> & {license: object};

/** The element itself, as in the console, because a custom section reads its properties. */
function elementOf(setting: PluginSetting, registry: PluginRegistry, config: ConsoleConfig): ReactElement {
    const id = config.idOf(setting.key);
    const value = config.valueOf(setting);
    const isSetByEnv = config.isSetByEnv(setting.key);
    const custom = setting.type === 'custom' ? registry.settingOf(setting.key) : undefined;
    if (!custom && setting.type === 'custom') {
        return <div key={setting.key} className='banner warning' hidden={config.isEnabled}><Text id='host.not_loaded'/></div>;
    }
    if (!custom) {
        return plainSetting({id, setting, value, isSetByEnv, config});
    }
    return createElement(custom.component as ComponentType<AllProps>, {
        key: setting.key,
        id,
        label: setting.display_name,
        helpText: String(setting.help_text ?? ''),
        value,
        disabled: config.isDisabled,
        config: config.config,
        license: {},
        setByEnv: isSetByEnv,
        onChange: config.change,
        setSaveNeeded: config.setSaveNeeded,
        registerSaveAction: config.registerSaveAction,
        unRegisterSaveAction: config.unRegisterSaveAction,
    });
}

interface Plain {
    id: string;
    setting: PluginSetting;
    value: unknown;
    isSetByEnv: boolean;
    config: ConsoleConfig;
}

function plainSetting({id, setting, value, isSetByEnv, config}: Plain): ReactElement {
    return (
        <PlainSetting
            key={setting.key}
            id={id}
            type={setting.type}
            label={setting.display_name}
            helpText={String(setting.help_text ?? '')}
            regenerateHelpText={setting.regenerate_help_text}
            placeholder={setting.placeholder}
            values={setting.options?.map(({display_name, value: option}) => ({text: display_name, value: option}))}
            value={value ?? defaultOf(setting)}
            disabled={config.isDisabled}
            setByEnv={isSetByEnv}
            onChange={config.change}
        />
    );
}

/** What the console shows for a setting without a value: the first option of a dropdown, and an empty box for a default of 0. */
function defaultOf({type, options, default: byDefault}: PluginSetting): unknown {
    if (type === 'dropdown') {
        return options?.[0]?.value;
    }
    return byDefault || (type === 'bool' ? false : '');
}
