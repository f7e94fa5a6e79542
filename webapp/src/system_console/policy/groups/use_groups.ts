import {useCallback, useState} from 'react';

import type {GroupAnswer} from '../../../answers';
import {getGroups} from '../../../client';
import type {ShownFault} from '../../../faults';
import {useAnswer} from '../../widgets/use_answer';

/** Groups that the server names at once. */
const AT_ONCE = 50;

const OBJECT_ID = /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;

/** What is known of groups, which a policy names by their object ids. */
export interface KnownGroups {

    /** '' while the name is not known. */
    nameOf(id: string): string;

    /** The directory was asked and has no such group. */
    isMissing(id: string): boolean;

    /** Why names cannot be shown, such as a missing permission. */
    fault: ShownFault | null;

    /** Keeps the names of groups that a search found. */
    remember(groups: readonly GroupAnswer[]): void;
}

/** Requests the names of the groups with these ids. The validator reports what is not an object id. */
export function useGroups(ids: readonly string[]): KnownGroups {
    const [found, setFound] = useState<ReadonlyMap<string, GroupAnswer>>(new Map());
    const wanted = [...new Set(ids.map(comparable))].filter((id) => OBJECT_ID.test(id) && !found.has(id)).sort().join();
    const {answer, fault, isLoading} = useAnswer({
        queryKey: ['groups', wanted],
        queryFn: ({signal}) => askFor(wanted === '' ? [] : wanted.split(','), signal),
    });
    const remember = useCallback((groups: readonly GroupAnswer[]) => {
        setFound((old) => new Map([...old, ...groups.map((group) => [comparable(group.id), group] as const)]));
    }, []);
    const groupOf = (id: string) => found.get(comparable(id)) ?? answer?.get(comparable(id));
    return {
        nameOf: (id) => groupOf(id)?.name ?? '',
        isMissing: (id) => !isLoading && !fault && answer !== null && !groupOf(id) && OBJECT_ID.test(id.trim()),
        fault,
        remember,
    };
}

async function askFor(ids: string[], signal: AbortSignal): Promise<Map<string, GroupAnswer>> {
    const chunks = Array.from({length: Math.ceil(ids.length / AT_ONCE)}, (_, at) => ids.slice(at * AT_ONCE, (at + 1) * AT_ONCE));
    const answers = await Promise.all(chunks.map((chunk) => getGroups(chunk, signal)));
    return new Map(answers.flat().map((group) => [comparable(group.id), group]));
}

function comparable(id: string): string {
    return id.trim().toLowerCase();
}
