import type {RunAnswer} from '../answers';
import {isBehind} from '../sync/run_progress';
import {startingPlace, type Place} from './place';
import type {FoundPerson} from '../live/find_people';

import {isConnectionTested, isPersonChosen, isPlaceChanged, isRunReceived, isRunStarted, isSettingsChanged, isSourceKnown, type TestedConnection} from './actions';

export interface PluginState {

    /** What the page knows of runs. `newestId` is '' until the first run is known. */
    runs: Record<string, RunAnswer>;
    newestId: string;

    /** The run that this page has started last; '' for none. */
    startedId: string;

    place: Place;

    /** The newest revision of the settings that the server sent in an event; '' for none yet. */
    settingsRevision: string;

    /** Which directory the saved settings name, '' while it is not known; and how often that has become another one. */
    source: string;
    sourceTurn: number;

    /** The newest connection test of this page; null for none yet. */
    connection: TestedConnection | null;

    /** The user whose mapping is previewed. The selection stays when the tab changes. */
    person: FoundPerson | null;
}

const initialState: PluginState = {
    runs: {},
    newestId: '',
    startedId: '',
    place: startingPlace,
    settingsRevision: '',
    source: '',
    sourceTurn: 0,
    connection: null,
    person: null,
};

export function reducer(state: PluginState = initialState, action: {type: string}): PluginState {
    if (isPlaceChanged(action)) {
        return {...state, place: action.place};
    }
    if (isSettingsChanged(action)) {
        return {...state, settingsRevision: action.revision};
    }
    if (isSourceKnown(action)) {
        return withSource(state, action.source);
    }
    if (isConnectionTested(action)) {
        return {...state, connection: action.test};
    }
    if (isPersonChosen(action)) {
        return {...state, person: action.person};
    }
    if (isRunStarted(action)) {
        return {...withRun(state, action.run), startedId: action.run.id};
    }
    return isRunReceived(action) ? withRun(state, action.run) : state;
}

function withSource(state: PluginState, source: string): PluginState {
    const isOther = state.source !== '' && state.source !== source;
    return isOther ? {...state, source, sourceTurn: state.sourceTurn + 1, person: null} : {...state, source};
}

function withRun(state: PluginState, run: RunAnswer): PluginState {
    if (isOutdated(run, state.runs[run.id])) {
        return state;
    }
    const newest = state.runs[state.newestId];
    const isNewest = !newest || run.started_at >= newest.started_at;
    return {...state, runs: {...state.runs, [run.id]: run}, newestId: isNewest ? run.id : state.newestId};
}

/** Events and answers overtake each other: a run that has ended never runs again, and the progress of a run never goes back. */
function isOutdated(run: RunAnswer, known: RunAnswer | undefined): boolean {
    if (!known || run.state !== 'running') {
        return false;
    }
    return known.state !== 'running' || isBehind(run.progress, known.progress);
}
