import {createContext, useContext} from 'react';

import type {KnownTargets} from './use_targets';

const context = createContext<KnownTargets | null>(null);

export const TargetsProvider = context.Provider;

/** The teams and channels that the rules name, at any depth of the editor. */
export function useKnownTargets(): KnownTargets {
    return useContext(context)!;
}
