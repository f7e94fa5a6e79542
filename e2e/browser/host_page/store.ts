import {combineReducers, legacy_createStore, type Reducer} from 'redux';

const navigationBlocked = 'SET_NAVIGATION_BLOCKED';

/** The state with which the console prevents users from leaving with unsaved settings. */
export function setNavigationBlocked(blocked: boolean) {
    return {type: navigationBlocked, blocked};
}

function admin(state = {navigationBlock: {blocked: false}}, action: {type: string; blocked?: boolean}) {
    return action.type === navigationBlocked ? {navigationBlock: {blocked: Boolean(action.blocked)}} : state;
}

/** The parts of the web client's state that plugins can read. Plugins add their own. */
const reducers: Record<string, Reducer> = {
    views: combineReducers({admin}) as Reducer,
};

export const store = legacy_createStore(combineReducers(reducers));

export function addReducer(name: string, reducer: Reducer): void {
    reducers[name] = reducer;
    store.replaceReducer(combineReducers(reducers));
}
