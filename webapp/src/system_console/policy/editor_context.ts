import {createContext, useContext} from 'react';

import type {FaultMap} from './faults_at';
import type {KnownGroups} from './groups/use_groups';

/** What all parts of the editor use, at any depth. */
interface EditorContext {
    faults: FaultMap;
    groups: KnownGroups;

    /** The element with the names of all attributes, for `list` of an input. */
    attributesId: string;
    isDisabled: boolean;
}

const context = createContext<EditorContext | null>(null);

export const EditorProvider = context.Provider;

export function useEditor(): EditorContext {
    return useContext(context)!;
}
