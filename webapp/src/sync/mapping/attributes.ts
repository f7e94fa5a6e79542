import {selectableOf} from '../policy/attributes';
import type {FieldRule, Mapping} from '../policy/mapping';
import {attributesOfSource} from '../policy/source';

/** What is read of everybody, whatever the policy says: keys, the default mapping, and what tells guests and disabled people. */
const ALWAYS = [
    'id', 'displayName', 'givenName', 'surname', 'jobTitle', 'mail', 'userPrincipalName', 'preferredLanguage', 'accountEnabled', 'userType',
];

/** What the mapping asks the directory for, as `$select` takes it. */
export function mappingAttributes({attributes = {}, ...fields}: Mapping): string[] {
    const rules: (FieldRule | undefined)[] = [...Object.values(fields), ...Object.values(attributes)];
    const sources = rules.flatMap((rule) => rule?.sources ?? []);
    return [...ALWAYS, ...sources.flatMap(attributesOfSource).map(selectableOf)];
}
