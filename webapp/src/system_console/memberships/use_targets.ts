import {useCallback, useState} from 'react';

import type {TargetAnswer} from '../../answers';
import {getTargets} from '../../client';
import type {ShownFault} from '../../faults';
import {useAnswer} from '../widgets/use_answer';

/** Teams and channels that the server names at once. */
const AT_ONCE = 50;

const MATTERMOST_ID = /^[a-z0-9]{26}$/;

/** What is known of teams and channels, which a policy names by their IDs. */
export interface KnownTargets {
    targetOf(id: string): TargetAnswer | undefined;

    /** The server was asked and has no such team or channel. */
    isMissing(id: string): boolean;

    /** Why names cannot be shown. */
    fault: ShownFault | null;

    /** Keeps what a search found. */
    remember(targets: readonly TargetAnswer[]): void;
}

/** Requests the teams and channels with these IDs. The validator reports what is no ID. */
export function useTargets(ids: readonly string[]): KnownTargets {
    const [found, setFound] = useState<ReadonlyMap<string, TargetAnswer>>(new Map());
    const wanted = [...new Set(ids)].filter((id) => MATTERMOST_ID.test(id) && !found.has(id)).sort().join();
    const {answer, fault, isLoading} = useAnswer({
        queryKey: ['targets', wanted],
        queryFn: ({signal}) => askFor(wanted === '' ? [] : wanted.split(','), signal),
    });
    const remember = useCallback((targets: readonly TargetAnswer[]) => {
        setFound((old) => new Map([...old, ...targets.map((target) => [target.id, target] as const)]));
    }, []);
    const targetOf = (id: string) => found.get(id) ?? answer?.get(id);
    return {
        targetOf,
        isMissing: (id) => !isLoading && !fault && answer !== null && !targetOf(id) && MATTERMOST_ID.test(id),
        fault,
        remember,
    };
}

async function askFor(ids: string[], signal: AbortSignal): Promise<Map<string, TargetAnswer>> {
    const chunks = Array.from({length: Math.ceil(ids.length / AT_ONCE)}, (_, at) => ids.slice(at * AT_ONCE, (at + 1) * AT_ONCE));
    const answers = await Promise.all(chunks.map((chunk) => getTargets(chunk, signal)));
    return new Map(answers.flat().map((target) => [target.id, target]));
}
