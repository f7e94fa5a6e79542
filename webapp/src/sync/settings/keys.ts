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

export function isSettingKey(key: string): key is SettingKey {
    return (settingKeys as readonly string[]).includes(key);
}
