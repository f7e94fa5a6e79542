import {mappingAttributes} from '../../mapping/attributes';
import {matchingAttributes} from '../../match/other_emails';
import type {Policy} from '../../policy/policy';
import {attributesOfMemberships} from '../../memberships/placement';
import {targetRules} from '../../memberships/target_rules';
import {attributesOfRules} from '../../scope/rules';

/** The attributes that the sync asks the directory for (`$select`): those that mapping, scope and matching use under this policy, each once. */
export function directoryAttributes(policy: Policy): string[] {
    const {mapping, scope, accounts} = policy;
    return [...new Set([...mappingAttributes(mapping), ...attributesOfRules(scope.rules), ...matchingAttributes(accounts), ...attributesOfMemberships(targetRules(policy))])];
}
