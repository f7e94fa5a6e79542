import {groupsIn, type NamedGroup} from '../policy/condition';
import type {Policy} from '../policy/policy';

/** The groups that the lists and the enabled rules name, each once and with its first path. Their members decide who is in scope. */
export function groupsOfScope({allow, deny, rules}: Policy['scope']): NamedGroup[] {
    const named = [
        ...deny.groups.map((group, at) => ({group, path: `Policy.scope.deny.groups[${at}]`})),
        ...allow.groups.map((group, at) => ({group, path: `Policy.scope.allow.groups[${at}]`})),
        ...rules.flatMap(({enabled, when}, at) => (enabled ? groupsIn(when, `Policy.scope.rules[${at}].when`) : [])),
    ];
    const known = new Map<string, NamedGroup>();
    named.forEach((one) => {
        const id = one.group.toLowerCase();
        known.set(id, known.get(id) ?? one);
    });
    return [...known.values()];
}
