import {useCallback, useEffect, useState} from 'react';

import {isAbort, shownFaultOf, type ShownFault} from '../../faults';

export interface Answer<T> {

    /** The newest answer, kept while a newer one is on its way; null until the first. */
    answer: T | null;
    fault: ShownFault | null;
    isLoading: boolean;
    reload(): void;
}

interface Loaded<T> {
    answer: T | null;
    fault: ShownFault | null;
    load: unknown;
    revision: unknown;
    turn: number;
}

/**
 * Asks the server by `load` and again whenever `load` or `revision` changes; the request before is aborted.
 * `load` must be stable (useCallback, or a function of the client).
 */
export function useAnswer<T>(load: (signal: AbortSignal) => Promise<T>, revision: string): Answer<T> {
    const [turn, setTurn] = useState(0);
    const [loaded, setLoaded] = useState<Loaded<T>>({answer: null, fault: null, load: null, revision: '', turn});

    useEffect(() => {
        const aborter = new AbortController();
        const end = (ended: {answer: T; fault: null} | {fault: ShownFault}) => {
            if (!aborter.signal.aborted) {
                setLoaded((old) => ({...old, load, revision, turn, ...ended}));
            }
        };
        load(aborter.signal).then(
            (answer) => end({answer, fault: null}),
            (error: unknown) => isAbort(error) || end({fault: shownFaultOf(error)}),
        );
        return () => aborter.abort();
    }, [load, revision, turn]);

    const reload = useCallback(() => setTurn((old) => old + 1), []);
    const isLoading = loaded.load !== load || loaded.revision !== revision || loaded.turn !== turn;
    return {answer: loaded.answer, fault: loaded.fault, isLoading, reload};
}
