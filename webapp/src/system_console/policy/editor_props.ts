import type {Fault} from '../../sync/errors';
import type {Policy} from '../../sync/policy/policy';

import type {PolicyDocument} from './policy_document';

/** What every editor of a part of the policy takes. */
export interface EditorProps {

    /** As shown on the screen, without defaults. */
    document: PolicyDocument;

    /** The same with all defaults; null while it has faults. */
    policy: Policy | null;

    /** As it was last saved. */
    saved: PolicyDocument;

    /** Each with its path, such as `Policy.scope.rules[0].when`. */
    faults: Fault[];
    isDisabled: boolean;
    onChange(document: PolicyDocument): void;
}
