import type {RunAnswer} from '../answers';
import {pluginId} from '../manifest';

/** The server told of a run: by an answer or by an event. */
export type RunReceived = {type: typeof runReceivedType; run: RunAnswer};

const runReceivedType = `${pluginId}/run_received` as const;

export function runReceived(run: RunAnswer): RunReceived {
    return {type: runReceivedType, run};
}

export function isRunReceived(action: {type: string}): action is RunReceived {
    return action.type === runReceivedType;
}
