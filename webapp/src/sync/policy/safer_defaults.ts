/** A default that is safer than in earlier versions; `name` is the end of its message on the page. */
export interface SaferDefault {
    name: string;

    /** The policy key that changes it back, as a path; a policy that sets it decides itself. */
    key: string;
}

/** In the order in which the overview lists them. docs/what_can_go_wrong.md says what each of them prevents. */
export const saferDefaults = [
    {name: 'unverified_accounts', key: 'accounts.adopt.unverified'},
    {name: 'leavers_of_other_methods', key: 'lifecycle.leavers.other_sign_in_method'},
    {name: 'reads_apart', key: 'lifecycle.leavers.min_minutes_between_reads'},
    {name: 'service_accounts', key: 'scope.service_accounts'},
    {name: 'limits_of_small_companies', key: 'guard.deactivations.max_percent'},
    {name: 'limits_of_new_accounts', key: 'guard.creations'},
    {name: 'limits_of_reactivations', key: 'guard.reactivations'},
    {name: 'limits_of_emptied_fields', key: 'guard.emptied_fields'},
    {name: 'scope_attribute_changes', key: 'guard.scope_attribute_changes'},
    {name: 'limits_over_a_day', key: 'guard.window_hours'},
] as const satisfies readonly SaferDefault[];

export type SaferDefaultName = typeof saferDefaults[number]['name'];

/** What is safer as well, whatever the policy says: the ends of its messages on the page. */
export const saferRules = ['accounts_with_power', 'unknown_attributes', 'names_of_bots', 'held_stays_held'] as const;
export type SaferRule = typeof saferRules[number];

/** The safer defaults that a saved policy leaves to the version: they have changed for this server. `document` is the policy as it was written. */
export function changedDefaults(document: unknown): SaferDefaultName[] {
    return saferDefaults.filter(({key}) => !isSet(document, key.split('.'))).map(({name}) => name);
}

function isSet(value: unknown, [key, ...rest]: string[]): boolean {
    return key === undefined ? value !== undefined : isObject(value) && Object.hasOwn(value, key) && isSet(value[key], rest);
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === 'object' && value !== null;
}
