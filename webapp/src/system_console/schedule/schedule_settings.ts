import type {SettingKey} from '../../sync/settings/keys';

/** What the tab has: when the sync runs by itself, and how others start it or are told. */
export const timeSettings = ['Enabled', 'Schedule', 'TimeZone', 'IncrementalMinutes'] as const satisfies readonly SettingKey[];
export const triggerSettings = ['TriggerToken', 'WebhookUrl', 'WebhookSecret'] as const satisfies readonly SettingKey[];
