import {useCallback, useEffect, useState} from 'react';
import {useDispatch, useSelector} from 'react-redux';

import type {RunAnswer, StatusAnswer} from '../../answers';
import {approveRun, cancelRun, discardHeld, getRun, getStatus, startRun} from '../../client';
import {isAbort, shownFaultOf, type ShownFault} from '../../faults';
import {runReceived, runStarted} from '../../store/actions';
import {hasUnsavedSettings, lastEnded, newestRun, settingsRevision, startedRunId} from '../../store/selectors';
import type {RunMode} from '../../sync/types';

import {useAnswer} from '../widgets/use_answer';

import {useIdlePoll} from './use_idle_poll';

/** Progress comes by websocket event; this is the fallback for a browser that has lost its connection. */
const pollInterval = 2000;

export interface SyncJob {

    /** Null until the server has answered. */
    status: StatusAnswer | null;

    /** The running run, else the newest one. */
    run: RunAnswer | null;
    isRunning: boolean;

    /** The run that this page has started last; '' for none. */
    startedId: string;

    /** A start or a cancellation is on its way. */
    isBusy: boolean;
    hasUnsavedSettings: boolean;
    fault: ShownFault | null;

    /** Asks for the status once more. */
    reload(): void;
    start(mode: RunMode): void;
    cancel(): void;

    /** Applies held changes of a run, or planned ones of a preview: those with the given `seqs` or all. */
    approve(runId: string, seqs?: number[]): void;

    /** Discards held changes of a run, those with the given `seqs` or all. */
    discard(runId: string, seqs?: number[]): void;
}

/** Owns the sync as the page knows it: asks, starts, follows and cancels. Components only show it. */
export function useSyncJob(): SyncJob {
    const run = useSelector(newestRun);
    const startedId = useSelector(startedRunId);
    const isUnsaved = useSelector(hasUnsavedSettings);
    const isRunning = run?.state === 'running';
    // The server applies changed settings only after the console has saved them. Another administrator can change them too.
    const changed = useSelector(settingsRevision);
    const status = useAnswer(getStatus, `${isUnsaved} ${isRunning} ${changed}`);
    useRunsOf(status.answer);
    const pollFault = usePolling(isRunning ? run.id : '');
    const {isBusy, fault, act} = useRequest();

    const {reload} = status;
    useIdlePoll(reload);
    const start = useCallback((mode: RunMode) => act(() => startRun(mode), reload, runStarted), [act, reload]);
    const cancel = useCallback(() => {
        if (run) {
            act(() => cancelRun(run.id), reload);
        }
    }, [act, reload, run]);

    const approve = useCallback((runId: string, seqs?: number[]) => act(() => approveRun(runId, seqs), reload, runStarted), [act, reload]);

    // No run begins or ends with it, so the status has to be asked for what still waits.
    const discard = useCallback((runId: string, seqs?: number[]) => act(async () => {
        const run = await discardHeld(runId, seqs);
        reload();
        return run;
    }, reload), [act, reload]);

    return {
        status: status.answer,
        run,
        isRunning,
        startedId,
        isBusy,
        hasUnsavedSettings: isUnsaved,
        fault: fault ?? status.fault ?? pollFault,
        reload,
        start,
        cancel,
        approve,
        discard,
    };
}

/** Puts the runs that a status names into the store, where events update them. */
function useRunsOf(status: StatusAnswer | null): void {
    const dispatch = useDispatch();
    useEffect(() => {
        for (const run of [status?.last_run, status?.current_run]) {
            if (run) {
                dispatch(runReceived(run));
            }
        }
    }, [dispatch, status]);
}

/** Asks for the run again and again while `id` is not ''; returns why the last question failed, if it did. */
function usePolling(id: string): ShownFault | null {
    const dispatch = useDispatch();
    const [failed, setFailed] = useState<{id: string; fault: ShownFault} | null>(null);

    useEffect(() => {
        if (id === '') {
            return undefined;
        }
        const aborter = new AbortController();
        let timer = 0;
        const ask = async () => {
            try {
                dispatch(runReceived(await getRun(id, aborter.signal)));
                setFailed(null);
            } catch (error) {
                if (isAbort(error)) {
                    return;
                }
                setFailed({id, fault: shownFaultOf(error)});
            }
            wait();
        };
        const wait = () => {
            if (!aborter.signal.aborted) {
                timer = window.setTimeout(ask, pollInterval);
            }
        };
        wait();
        return () => {
            aborter.abort();
            window.clearTimeout(timer);
        };
    }, [dispatch, id]);

    return failed?.id === id ? failed.fault : null;
}

/** One request at a time that answers with a run, which goes to the store as `told`. `onFault` runs after a refusal. */
function useRequest() {
    const dispatch = useDispatch();
    const [isBusy, setIsBusy] = useState(false);
    const [fault, setFault] = useState<ShownFault | null>(null);
    const ended = useSelector(lastEnded);
    const [seen, setSeen] = useState(ended);
    if (seen !== ended) {
        setSeen(ended);

        // The conflicting run may have ended.
        if (fault?.code === 'run_in_progress') {
            setFault(null);
        }
    }

    const act = useCallback(async (request: () => Promise<RunAnswer>, onFault: () => void, told: typeof runReceived | typeof runStarted = runReceived) => {
        setIsBusy(true);
        setFault(null);
        try {
            dispatch(told(await request()));
        } catch (error) {
            setFault(shownFaultOf(error));
            onFault();
        } finally {
            setIsBusy(false);
        }
    }, [dispatch]);

    return {isBusy, fault, act};
}
