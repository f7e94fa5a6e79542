import type {ConnectionAnswer, RunAnswer} from '../answers';
import type {Place} from './place';
import type {FoundPerson} from '../live/find_people';
import {pluginId} from '../manifest';

/** The server sent a run: in an answer or in an event. */
export type RunReceived = {type: typeof runReceivedType; run: RunAnswer};

/** This page has started a run. */
type RunStarted = {type: typeof runStartedType; run: RunAnswer};

/** The user has moved to another place on the page. */
type PlaceChanged = {type: typeof placeChangedType; place: Place};

/** The server announced that its settings have changed; the revision is that of `GET /status`. */
export type SettingsChanged = {type: typeof settingsChangedType; revision: string};

/** The saved settings name this directory. */
type SourceKnown = {type: typeof sourceKnownType; source: string};

/** A connection test has ended. */
type ConnectionTested = {type: typeof connectionTestedType; test: TestedConnection};

/** The user whose mapping is previewed has changed, possibly to none. */
type PersonChosen = {type: typeof personChosenType; person: FoundPerson | null};

/** How a connection test went, and with which settings: `revision` is that of `GET /status`, `at` is in ms. */
export interface TestedConnection {
    answer: ConnectionAnswer;
    revision: string;
    at: number;
}

const runReceivedType = `${pluginId}/run_received` as const;
const runStartedType = `${pluginId}/run_started` as const;
const placeChangedType = `${pluginId}/place_changed` as const;
const settingsChangedType = `${pluginId}/settings_changed` as const;
const sourceKnownType = `${pluginId}/source_known` as const;
const connectionTestedType = `${pluginId}/connection_tested` as const;
const personChosenType = `${pluginId}/person_chosen` as const;

export function runReceived(run: RunAnswer): RunReceived {
    return {type: runReceivedType, run};
}

export function runStarted(run: RunAnswer): RunStarted {
    return {type: runStartedType, run};
}

export function placeChanged(place: Place): PlaceChanged {
    return {type: placeChangedType, place};
}

export function settingsChanged(revision: string): SettingsChanged {
    return {type: settingsChangedType, revision};
}

export function sourceKnown(source: string): SourceKnown {
    return {type: sourceKnownType, source};
}

export function connectionTested(test: TestedConnection): ConnectionTested {
    return {type: connectionTestedType, test};
}

export function personChosen(person: FoundPerson | null): PersonChosen {
    return {type: personChosenType, person};
}

export function isRunReceived(action: {type: string}): action is RunReceived {
    return action.type === runReceivedType;
}

export function isRunStarted(action: {type: string}): action is RunStarted {
    return action.type === runStartedType;
}

export function isPlaceChanged(action: {type: string}): action is PlaceChanged {
    return action.type === placeChangedType;
}

export function isSettingsChanged(action: {type: string}): action is SettingsChanged {
    return action.type === settingsChangedType;
}

export function isSourceKnown(action: {type: string}): action is SourceKnown {
    return action.type === sourceKnownType;
}

export function isConnectionTested(action: {type: string}): action is ConnectionTested {
    return action.type === connectionTestedType;
}

export function isPersonChosen(action: {type: string}): action is PersonChosen {
    return action.type === personChosenType;
}
