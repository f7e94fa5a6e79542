import type {RunAnswer} from '../answers';
import {startingPlace, type Place} from './place';
import type {FoundPerson} from '../live/find_people';
import {pluginId} from '../manifest';

import type {TestedConnection} from './actions';
import type {PluginState} from './reducer';

/** The part of the web client's state that we read. */
export interface ClientState {
    'plugins-entrasync'?: PluginState;
    views?: {admin?: {navigationBlock?: {blocked?: boolean}}};
}

export function newestRun(state: ClientState): RunAnswer | null {
    const plugin = state[`plugins-${pluginId}`];
    return plugin?.runs[plugin.newestId] ?? null;
}

/** The run that this page has started last; '' for none. */
export function startedRunId(state: ClientState): string {
    return state[`plugins-${pluginId}`]?.startedId ?? '';
}

export function runById(state: ClientState, id: string): RunAnswer | null {
    return state[`plugins-${pluginId}`]?.runs[id] ?? null;
}

/** The console warns before unsaved settings are left; the same flag means that a run would not use what is on the screen. */
export function hasUnsavedSettings(state: ClientState): boolean {
    return state.views?.admin?.navigationBlock?.blocked ?? false;
}

export function currentPlace(state: ClientState): Place {
    return state[`plugins-${pluginId}`]?.place ?? startingPlace;
}

/** The newest revision of the settings in an event; '' for none. */
export function settingsRevision(state: ClientState): string {
    return state[`plugins-${pluginId}`]?.settingsRevision ?? '';
}

/** The newest connection test, as long as the settings are those that it tried; '' is an unknown revision. */
export function testedConnection(state: ClientState, revision: string): TestedConnection | null {
    const tested = state[`plugins-${pluginId}`]?.connection ?? null;
    const isOfThese = revision === '' || tested?.revision === '' || tested?.revision === revision;
    return isOfThese ? tested : null;
}

/** The user whose mapping is previewed; null for none. */
export function chosenPerson(state: ClientState): FoundPerson | null {
    return state[`plugins-${pluginId}`]?.person ?? null;
}

/** The run that has ended last, as far as the page knows; another text for each, '' for none. */
export function lastEnded(state: ClientState): string {
    const ended = Object.values(state[`plugins-${pluginId}`]?.runs ?? {}).filter((run) => run.state !== 'running');
    const last = ended.reduce<RunAnswer | null>((newest, run) => (newest && newest.finished_at >= run.finished_at ? newest : run), null);
    return last ? `${last.id} ${last.finished_at}` : '';
}

/**
 * Another text than before whenever a run has ended, or the saved settings name another directory: what was read and written
 * must then be read again. Other settings do not change it, so that 100,000 users are not loaded again for each of them.
 */
export function dataRevision(state: ClientState): string {
    const turn = state[`plugins-${pluginId}`]?.sourceTurn ?? 0;
    return turn === 0 ? lastEnded(state) : `${turn} ${lastEnded(state)}`;
}
