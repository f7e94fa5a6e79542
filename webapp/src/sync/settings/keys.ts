/** The keys of the plugin's settings (plugin.json). */
export const settingKeys = [
    'TenantId',
    'ClientId',
    'ClientSecret',
    'ClientCertificate',
    'Credential',
    'Cloud',
    'LoginUrl',
    'GraphUrl',
    'Enabled',
    'Schedule',
    'TimeZone',
    'IncrementalMinutes',
    'TriggerToken',
    'WebhookUrl',
    'WebhookSecret',
    'InitialPassword',
    'Policy',
] as const;

export type SettingKey = typeof settingKeys[number];

export const credentials = ['secret', 'certificate', 'workload_identity', 'managed_identity'] as const;
export type Credential = typeof credentials[number];

/** The settings of the connection to Microsoft, in the order in which they are filled in. */
export const connectionKeys = [
    'TenantId', 'ClientId', 'Credential', 'ClientSecret', 'ClientCertificate', 'Cloud', 'LoginUrl', 'GraphUrl',
] as const satisfies readonly SettingKey[];

/** Whether the path of a fault, such as `TenantId`, names a setting of the connection. */
export function isConnectionPath(path: string): boolean {
    const [key = ''] = path.split('.');
    return (connectionKeys as readonly string[]).includes(key);
}

export function isSettingKey(key: string): key is SettingKey {
    return (settingKeys as readonly string[]).includes(key);
}
