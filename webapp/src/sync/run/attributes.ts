import {mappingAttributes} from '../mapping/attributes';
import type {Policy} from '../policy/policy';
import {attributesOfRules} from '../scope/rules';

/** What the sync asks the directory for (`$select`): what mapping and scope look at under this policy, each once. */
export function directoryAttributes({mapping, scope}: Policy): string[] {
    return [...new Set([...mappingAttributes(mapping), ...attributesOfRules(scope.rules)])];
}
