import {useState} from 'react';

import type {ChangePage, RunAnswer} from '../../../answers';
import {listChangesAfter} from '../../../client';
import type {ShownFault} from '../../../faults';

import {useAnswer} from '../../widgets/use_answer';

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

const nothing: Pick<ChangeList, 'rows' | 'loaded' | 'total'> = {rows: [], loaded: 0, total: 0};

/**
 * All changes of a run. The first page is there at once; more rows are handed on only when they are twice as many as before,
 * because the table starts again with each list. `told` differs whenever the changes on the server are different. `target` limits the list to
 * the changes of one team or channel, or of accounts.
 */
export function useChangeRows(run: RunAnswer, told: string, target: string): ChangeList {
    const [list, setList] = useState(nothing);
    const {id, state} = run;
    const revision = `${state} ${run.progress?.phase ?? ''} ${told}`;
    const {answer, fault, reload} = useAnswer({
        queryKey: ['changes', id, revision, target],
        queryFn: async ({signal}) => {
            const began = performance.now();
            const rows: ChangeRow[] = [];
            for await (const {changes, total} of pagesOf(id, target, signal)) {
                rows.push(...changes.map(rowOf));
                setList((old) => ({
                    loaded: rows.length,
                    total: Math.max(total || old.total, rows.length),
                    rows: rows.length >= 2 * old.rows.length ? [...rows] : old.rows,
                }));
            }
            setList({rows, loaded: rows.length, total: rows.length});
            return {revision, took: performance.now() - began};
        },
        refetchInterval: ({state: {data}}) => state === 'running' && Math.max(shortestPause, pauseShare * (data?.took ?? 0)),
    });
    return {...list, fault, isComplete: answer?.revision === revision, reload};
}

/** Page after page, until one is not full, or nothing new comes. */
async function* pagesOf(runId: string, target: string, signal: AbortSignal): AsyncGenerator<ChangePage> {
    let after = 0;
    for (;;) {
        const page = await listChangesAfter(runId, after, target, signal);
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
