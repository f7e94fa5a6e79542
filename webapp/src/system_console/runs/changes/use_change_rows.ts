import {useCallback, useEffect, useState} from 'react';

import type {ChangePage, RunAnswer} from '../../../answers';
import {listChangesAfter} from '../../../client';
import {isAbort, shownFaultOf, type ShownFault} from '../../../faults';

import {rowOf, type ChangeRow} from './change_rows';

/** The changes of a running run are read again after this many ms at the earliest, and … */
const shortestPause = 5000;

/** … after a pause of this many times the reading time, so that 100,000 of them do not keep the server busy. */
const pauseShare = 20;

export interface ChangeList {

    /** What can be shown already, in the order of the plan. */
    rows: ChangeRow[];

    /** How many of all changes have been read. An active run can add more. */
    loaded: number;
    total: number;

    /** Everything has been read since the run was last known to have changed. */
    isComplete: boolean;
    fault: ShownFault | null;
    reload(): void;
}

interface Loaded extends Pick<ChangeList, 'rows' | 'loaded' | 'total' | 'fault'> {

    /** The revision that was read to its end, or null. */
    completeOf: string | null;
}

const nothing: Loaded = {rows: [], loaded: 0, total: 0, fault: null, completeOf: null};

/**
 * All changes of a run. The first page is there at once; more rows are handed on only when they are twice as many as before,
 * because the table starts again with each list. `told` differs whenever the changes on the server are different.
 */
export function useChangeRows(run: RunAnswer, told: string): ChangeList {
    const [list, setList] = useState<Loaded>(nothing);
    const [turn, setTurn] = useState(0);
    const {id, state} = run;
    const revision = `${state} ${run.progress?.phase ?? ''} ${told} ${turn}`;
    const isRunning = state === 'running';

    useEffect(() => {
        const aborter = new AbortController();
        const read = async () => {
            const rows: ChangeRow[] = [];
            for await (const {changes, total} of pagesOf(id, aborter.signal)) {
                rows.push(...changes.map(rowOf));
                setList((old) => ({
                    ...old,
                    loaded: rows.length,
                    total: Math.max(total || old.total, rows.length),
                    fault: null,
                    ...(rows.length >= 2 * old.rows.length && {rows: [...rows]}),
                }));
            }
            setList((old) => ({...old, rows, loaded: rows.length, total: rows.length, completeOf: revision}));
        };
        const follow = async () => {
            do {
                const began = performance.now();
                await read();
                await (isRunning && pause(Math.max(shortestPause, pauseShare * (performance.now() - began)), aborter.signal));
            } while (isRunning && !aborter.signal.aborted);
        };
        follow().catch((error: unknown) => isAbort(error) || setList((old) => ({...old, fault: shownFaultOf(error)})));
        return () => aborter.abort();
    }, [id, revision, isRunning]);

    const reload = useCallback(() => setTurn((old) => old + 1), []);
    const {rows, loaded, total, fault, completeOf} = list;
    return {rows, loaded, total, fault, isComplete: completeOf === revision, reload};
}

/** Page after page, until one is not full, or nothing new comes. */
async function* pagesOf(runId: string, signal: AbortSignal): AsyncGenerator<ChangePage> {
    let after = 0;
    for (;;) {
        const page = await listChangesAfter(runId, after, signal);
        signal.throwIfAborted();
        const last = page.changes.at(-1)?.seq ?? after;
        if (last <= after && after > 0) {
            return;
        }
        yield page;
        if (page.changes.length < page.per_page || last <= after) {
            return;
        }
        after = last;
    }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
        const timer = window.setTimeout(resolve, ms);
        signal.addEventListener('abort', () => {
            window.clearTimeout(timer);
            resolve();
        });
    });
}
