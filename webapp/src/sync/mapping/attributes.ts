import {selectableOf} from '../policy/attributes';
import type {FieldRule, Mapping} from '../policy/mapping';
import {attributesOfSource} from '../policy/source';

/** What is read for all users under any policy: keys, the default mapping, and what identifies guests and disabled users. */
const ALWAYS = [
    'id', 'displayName', 'givenName', 'surname', 'jobTitle', 'mail', 'userPrincipalName', 'preferredLanguage', 'accountEnabled', 'userType',
];

/** The attributes that the mapping uses, as `$select` names them. */
export function mappingAttributes({attributes = {}, ...fields}: Mapping): string[] {
    const rules: (FieldRule | undefined)[] = [...Object.values(fields), ...Object.values(attributes)];
    const sources = rules.flatMap((rule) => rule?.sources ?? []);
    return [...ALWAYS, ...sources.flatMap(attributesOfSource).map(selectableOf)];
}
