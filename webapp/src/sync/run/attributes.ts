import {mappingAttributes} from '../mapping/attributes';
import type {Policy} from '../policy/policy';

/** What the sync asks the directory for (`$select`) under this policy, each attribute once. */
export function directoryAttributes({mapping}: Policy): string[] {
    return [...new Set(mappingAttributes(mapping))];
}
