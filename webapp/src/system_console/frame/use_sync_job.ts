import {useMutation, useQuery} from '@tanstack/react-query';
import {useCallback, useEffect} from 'react';
import {useDispatch, useSelector} from 'react-redux';
import type {Dispatch} from 'redux';

import type {RunAnswer, StatusAnswer} from '../../answers';
import {approveRun, cancelRun, discardHeld, getRun, getStatus, startRun} from '../../client';
import type {ShownFault} from '../../faults';
import {runReceived, runStarted} from '../../store/actions';
import {hasUnsavedSettings, lastEnded, newestRun, settingsRevision, startedRunId} from '../../store/selectors';
import type {RunMode} from '../../sync/types';

import {useAnswer} from '../widgets/use_answer';

/** In ms. Progress comes by websocket event; this is the fallback for a browser that has lost its connection. */
const pollInterval = 1000;

/** In ms. Events tell of everything else, too; this makes up for those that a browser has missed while its connection was lost. */
const idleInterval = 60_000;

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
    const dispatch = useDispatch();
    const run = useSelector(newestRun);
    const startedId = useSelector(startedRunId);
    const isUnsaved = useSelector(hasUnsavedSettings);
    const isRunning = run?.state === 'running';
    // The server applies changed settings only after the console has saved them. Another administrator can change them too.
    const changed = useSelector(settingsRevision);
    const status = useAnswer({
        queryKey: ['status', isUnsaved, isRunning, changed],
        queryFn: async ({signal}) => {
            const answer = await getStatus(signal);

            // Before the answer: what is asked because of both would otherwise be asked twice.
            tellRunsOf(answer, dispatch);
            return answer;
        },
        refetchInterval: idleInterval,
        refetchOnWindowFocus: 'always',
    });
    const pollFault = usePolling(isRunning ? run : null);
    const {isBusy, fault, act} = useRequest();

    const {reload} = status;
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
function tellRunsOf(status: StatusAnswer, dispatch: Dispatch): void {
    for (const run of [status.last_run, status.current_run]) {
        if (run) {
            dispatch(runReceived(run));
        }
    }
}

/** Follows a run until it is null; returns why the last question failed, if it did. */
function usePolling(run: RunAnswer | null): ShownFault | null {
    const dispatch = useDispatch();
    const {data, error} = useQuery({
        queryKey: ['run', run?.id],
        queryFn: ({signal}) => getRun(run!.id, signal),
        enabled: run !== null,
        initialData: run ?? undefined,
        refetchInterval: pollInterval,

        // It has just been told: the first question can wait like the others.
        staleTime: Infinity,
    });
    useEffect(() => {
        if (data) {
            dispatch(runReceived(data));
        }
    }, [data, dispatch]);
    return error?.fault ?? null;
}

interface Act {
    request(): Promise<RunAnswer>;
    onFault(): void;
    told?: typeof runReceived | typeof runStarted | undefined;

    /** The last run that had ended before the request. */
    ended: string;
}

/** One request at a time that answers with a run, which goes to the store as `told`. `onFault` runs after a refusal. */
function useRequest() {
    const dispatch = useDispatch();
    const ended = useSelector(lastEnded);
    const {mutate, isPending, error, variables} = useMutation({
        mutationFn: ({request}: Act) => request(),
        onSuccess: (run, {told = runReceived}) => dispatch(told(run)),
        onError: (_, {onFault}) => onFault(),
    });
    const act = useCallback(
        (request: Act['request'], onFault: Act['onFault'], told?: Act['told']) => mutate({request, onFault, told, ended}),
        [ended, mutate],
    );

    // The conflicting run may have ended.
    const isOver = error?.fault.code === 'run_in_progress' && variables?.ended !== ended;
    return {isBusy: isPending, fault: isOver ? null : error?.fault ?? null, act};
}
