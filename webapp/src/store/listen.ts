import type {Action, Store} from 'redux';

import type {Registry, WebSocketMessage} from '../registry';

import {actionOfRunEvent, actionOfSettingsEvent, runEvent, settingsEvent} from './events';
import {reducer} from './reducer';

/** Adds the plugin's part to the web client's store and lets the server's events change it. Until then an event costs nothing. */
export function listen(registry: Registry, store: Store): void {
    const dispatchEvent = (event: string, actionOf: (message: WebSocketMessage) => Action | null) => {
        registry.registerWebSocketEventHandler(event, (message) => {
            const action = actionOf(message);
            if (action) {
                store.dispatch(action);
            }
        });
    };
    registry.registerReducer(reducer);
    dispatchEvent(runEvent, actionOfRunEvent);
    dispatchEvent(settingsEvent, actionOfSettingsEvent);
}
