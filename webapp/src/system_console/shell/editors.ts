import type {ComponentType} from 'react';

import type {Fault} from '../../sync/errors';
import type {Policy} from '../../sync/policy/policy';
import type {Tab} from '../../store/place';
import {lazyPart} from '../widgets/lazy_part';

import type {PolicyDocument} from '../policy/policy_document';

/** What every editor of a part of the policy takes. */
export interface EditorProps {

    /** As it stands on the screen, nothing filled in. */
    document: PolicyDocument;

    /** The same with all defaults; null while it has faults. */
    policy: Policy | null;

    /** As it was saved last. */
    saved: PolicyDocument;

    /** Each with its path, such as `Policy.scope.rules[0].when`. */
    faults: Fault[];
    isDisabled: boolean;
    onChange(document: PolicyDocument): void;
}

export type PolicyTab = Extract<Tab, 'users' | 'mapping' | 'lifecycle'>;

/** The editors of the tabs; each is loaded when its tab is first opened. */
export const editors: Record<PolicyTab, ComponentType<EditorProps>> = {
    users: lazyPart(() => import('../users/users_editor')),
    mapping: lazyPart(() => import('../mapping/mapping_editor')),
    lifecycle: lazyPart(() => import('../lifecycle/lifecycle_editor')),
};

export function isPolicyTab(tab: Tab): tab is PolicyTab {
    return tab in editors;
}
