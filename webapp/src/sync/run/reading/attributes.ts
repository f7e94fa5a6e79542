import {mappingAttributes} from '../../mapping/attributes';
import {matchingAttributes} from '../../match/other_emails';
import type {Policy} from '../../policy/policy';
import {attributesOfMemberships} from '../../memberships/placement';
import {attributesOfRules} from '../../scope/rules';

/** The attributes that the sync asks the directory for (`$select`): those that mapping, scope and matching use under this policy, each once. */
export function directoryAttributes({mapping, scope, accounts, memberships}: Policy): string[] {
    return [...new Set([...mappingAttributes(mapping), ...attributesOfRules(scope.rules), ...matchingAttributes(accounts), ...attributesOfMemberships(memberships.rules)])];
}
