import {isValidElement, type ReactElement, type ReactNode} from 'react';

import {pluginId} from '../../manifest';
import type {CustomSettingProps} from '../../registry';
import {settingKeys, type SettingKey} from '../../sync/settings/keys';

/** What the console's own components of plain settings take, as far as we look at it or change it. */
export interface PlainSettingProps {

    /** Ends with the key of the setting in lower case, such as `PluginSettings.Plugins.entrasync.tenantid`. */
    id: string;
    label?: ReactNode;
    helpText?: ReactNode;

    /** What happens to the old value, with a setting that the console can make a value for. */
    regenerateHelpText?: ReactNode;

    /** As shown on the screen, possibly not saved yet. */
    value?: unknown;

    /** What is saved, of all settings; the console gives it to custom settings. */
    config?: CustomSettingProps['config'];

    /** The options of a dropdown. */
    values?: Array<{text: string; value: string}>;
    disabled?: boolean;

    /** An environment variable sets the value. */
    setByEnv?: boolean;
    onChange?(id: string, value: unknown): void;
}

export type PlainSettings = ReadonlyMap<SettingKey, ReactElement<PlainSettingProps>>;

/** The ready-made settings that the console gives our section, by their keys. */
export function settingsOf(list: readonly ReactNode[]): PlainSettings {
    const known = new Map(settingKeys.map((key) => [key.toLowerCase(), key]));
    const settings = new Map<SettingKey, ReactElement<PlainSettingProps>>();
    for (const node of list) {
        const key = isSetting(node) ? known.get(node.props.id.slice(node.props.id.lastIndexOf('.') + 1).toLowerCase()) : undefined;
        if (key) {
            settings.set(key, node as ReactElement<PlainSettingProps>);
        }
    }
    return settings;
}

function isSetting(node: ReactNode): node is ReactElement<PlainSettingProps> {
    return isValidElement<Partial<PlainSettingProps>>(node) && typeof node.props.id === 'string';
}

/** What is saved, by the keys in lower case; undefined where the console does not say. */
export function savedSettingsOf(settings: PlainSettings): Record<string, unknown> | undefined {
    return settings.get('Policy')?.props.config?.PluginSettings?.Plugins?.[pluginId];
}

/** The value of a setting on the screen as text; '' for none. */
export function textOfSetting(settings: PlainSettings, key: SettingKey): string {
    const value = settings.get(key)?.props.value;
    return value === undefined || value === null ? '' : String(value);
}
