/**
 * The settings of the plugin, each described once. `make generate` writes plugin.json and the Go struct (server/settings_table.go)
 * from this table; the keys, the facts that the sync logic judges (check.ts) and the lists of the page's tabs derive from it.
 * A setting also needs its texts: `setting.<key>` in messages/, `entrasync.setting_help.<key>` in the page's catalogues, and
 * a line in the guides, which a test looks for.
 */
import {clouds} from './clouds';

export const credentials = ['secret', 'certificate', 'workload_identity', 'managed_identity'] as const;
export type Credential = typeof credentials[number];

/** The panels of the page that show settings, each with its tab. */
export const panels = {
    connection: 'connection',
    times: 'schedule',
    triggers: 'schedule',
    initial_password: 'lifecycle',
    policy: 'lifecycle',
} as const;

export interface Descriptor {

    /** As plugin.json names it. */
    key: string;

    /** The name in the sync logic, which for a secret only knows `has_<fact>`. */
    fact: string;

    /** `policy` is a document with its own editor on the page. The others are types of Mattermost's System Console, except that it never has a `bool`. */
    type: 'text' | 'longtext' | 'dropdown' | 'bool' | 'number' | 'generated' | 'policy';
    panel: keyof typeof panels;

    /** '', false or 0 if left out. */
    default?: string | number;
    options?: readonly string[];
    placeholder?: string;

    /** Mattermost masks the value. */
    is_secret?: true;

    /** Spaces around the value, which come from pasting, are removed. */
    is_trimmed?: true;
}

/**
 * What is left of the 32 asterisks with which Mattermost hides a saved secret when a user types into them. No secret has this
 * many asterisks in a row.
 */
export const secretMask = '****';

/** Whether a value is left of the asterisks that hide a saved secret: it has the mask in it, or nothing else than asterisks. */
export function isMasked(value: string): boolean {
    return value.includes(secretMask) || /^\*+$/.test(value);
}

const anyId = '00000000-0000-0000-0000-000000000000';

/** In the order of the page. */
export const descriptors = [
    {key: 'TenantId', fact: 'tenant_id', type: 'text', panel: 'connection', placeholder: anyId, is_trimmed: true},
    {key: 'MoveToTenant', fact: 'move_to_tenant', type: 'text', panel: 'connection', placeholder: anyId, is_trimmed: true},
    {key: 'ClientId', fact: 'client_id', type: 'text', panel: 'connection', placeholder: anyId, is_trimmed: true},
    {key: 'Credential', fact: 'credential', type: 'dropdown', panel: 'connection', default: 'secret', options: credentials},
    {key: 'ClientSecret', fact: 'client_secret', type: 'text', panel: 'connection', is_secret: true, is_trimmed: true},
    {key: 'ClientCertificate', fact: 'client_certificate', type: 'longtext', panel: 'connection', is_secret: true},
    {key: 'Cloud', fact: 'cloud', type: 'dropdown', panel: 'connection', default: 'global', options: clouds},
    {key: 'LoginUrl', fact: 'login_url', type: 'text', panel: 'connection', is_trimmed: true},
    {key: 'GraphUrl', fact: 'graph_url', type: 'text', panel: 'connection', is_trimmed: true},
    {key: 'Enabled', fact: 'enabled', type: 'bool', panel: 'times'},
    {key: 'Schedule', fact: 'schedule', type: 'text', panel: 'times', default: '0 3 * * *', is_trimmed: true},
    {key: 'TimeZone', fact: 'time_zone', type: 'text', panel: 'times', placeholder: 'Asia/Seoul', is_trimmed: true},
    {key: 'IncrementalMinutes', fact: 'incremental_minutes', type: 'number', panel: 'times'},
    {key: 'TriggerToken', fact: 'trigger_token', type: 'generated', panel: 'triggers', is_secret: true, is_trimmed: true},
    {key: 'WebhookUrl', fact: 'webhook_url', type: 'text', panel: 'triggers', is_secret: true, is_trimmed: true},
    {key: 'WebhookSecret', fact: 'webhook_secret', type: 'text', panel: 'triggers', is_secret: true},
    {key: 'InitialPassword', fact: 'initial_password', type: 'text', panel: 'initial_password', is_secret: true},
    {key: 'Policy', fact: 'policy', type: 'policy', panel: 'policy'},
] as const satisfies readonly Descriptor[];

type Known = typeof descriptors[number];
type Value<Type extends Descriptor['type']> = Type extends 'bool' ? boolean : Type extends 'number' ? number : Type extends 'policy' ? string | object : string;

/** What the host reports about the settings themselves: never the value of a secret. The policy is the raw text of the setting, or its JSON. */
export type SettingFacts = {
    [Each in Known as Each extends {is_secret: true} ? `has_${Each['fact']}` : Each['fact']]: Each extends {is_secret: true} ? boolean : Value<Each['type']>;
};

export type SettingKey = Known['key'];
