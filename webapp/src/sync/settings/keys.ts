/** The keys of the plugin's settings (plugin.json) and what an empty one counts as. */
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
    'TriggerToken',
    'WebhookUrl',
    'WebhookSecret',
    'InitialPassword',
    'Policy',
] as const;

export type SettingKey = typeof settingKeys[number];

export const credentials = ['secret', 'certificate', 'workload_identity', 'managed_identity'] as const;
export type Credential = typeof credentials[number];

/** The values of a new installation; the secrets and texts that are not named are empty. */
export const settingDefaults = {
    Credential: 'secret',
    Cloud: 'global',
    Enabled: false,
    Schedule: '0 3 * * *',
    Policy: {version: 1},
} as const;

export function isSettingKey(key: string): key is SettingKey {
    return (settingKeys as readonly string[]).includes(key);
}
