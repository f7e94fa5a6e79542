import {descriptors, panels, type SettingKey} from './descriptors';

export type {SettingKey};

type Panel = keyof typeof panels;

/** The keys of the plugin's settings, in the order of the page. */
export const settingKeys: readonly SettingKey[] = descriptors.map(({key}) => key);

export function isSettingKey(key: string): key is SettingKey {
    return (settingKeys as readonly string[]).includes(key);
}

/** The settings that a panel of the page shows. */
export function keysOf(panel: Panel): SettingKey[] {
    return descriptors.filter((descriptor) => descriptor.panel === panel).map(({key}) => key);
}

/** Whether the setting is true or false. */
export function isBoolSetting(key: SettingKey): boolean {
    return descriptors.some((descriptor) => descriptor.key === key && descriptor.type === 'bool');
}

function panelOf(key: SettingKey): Panel {
    return descriptors.find((descriptor) => descriptor.key === key)!.panel;
}

/** The tab of the page that shows a setting. */
export function tabOfSetting(key: SettingKey): typeof panels[Panel] {
    return panels[panelOf(key)];
}

/** Whether the path of a fault, such as `TenantId`, names a setting of the connection. */
export function isConnectionPath(path: string): boolean {
    const [key = ''] = path.split('.');
    return isSettingKey(key) && panelOf(key) === 'connection';
}
