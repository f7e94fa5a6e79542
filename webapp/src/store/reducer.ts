import type {RunAnswer} from '../answers';

import {isRunReceived} from './actions';

/** What the page knows of runs. `newestId` is '' until the first run is known. */
export interface PluginState {
    runs: Record<string, RunAnswer>;
    newestId: string;
}

const initialState: PluginState = {runs: {}, newestId: ''};

export function reducer(state: PluginState = initialState, action: {type: string}): PluginState {
    if (!isRunReceived(action)) {
        return state;
    }
    const {run} = action;
    if (isOutdated(run, state.runs[run.id])) {
        return state;
    }
    const newest = state.runs[state.newestId];
    const isNewest = !newest || run.started_at >= newest.started_at;
    return {runs: {...state.runs, [run.id]: run}, newestId: isNewest ? run.id : state.newestId};
}

/** Events and answers overtake each other: a run that has ended never runs again. */
function isOutdated(run: RunAnswer, known: RunAnswer | undefined): boolean {
    return known !== undefined && known.state !== 'running' && run.state === 'running';
}
