import {directoryAttributes as mappedAttributes} from '../mapping/person';
import type {Policy} from '../policy/policy';
import {attributesOfRules} from '../scope/rules';

/** What the sync asks the directory for (`$select`): what mapping and scope look at under this policy, each once. */
export function directoryAttributes({scope}: Policy): string[] {
    return [...new Set([...mappedAttributes, ...attributesOfRules(scope.rules)])];
}
