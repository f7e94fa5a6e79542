import type {SettingKey} from '../../sync/settings/keys';

/** The settings of the Schedule tab: when the sync runs by itself, and how other programs start it or are told the result. */
export const timeSettings = ['Enabled', 'Schedule', 'TimeZone', 'IncrementalMinutes'] as const satisfies readonly SettingKey[];
export const triggerSettings = ['TriggerToken', 'WebhookUrl', 'WebhookSecret'] as const satisfies readonly SettingKey[];
