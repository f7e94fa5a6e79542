import './public_path';

import type {Action, Store} from 'redux';

import {SyncSection} from './system_console/shell/sync_section';
import {PolicySetting} from './system_console/shell/policy_setting';
import './system_console/styles.css';
import {messagesOf} from './i18n/messages';
import {pluginId} from './manifest';
import type {Registry, WebSocketMessage} from './registry';
import {actionOfRunEvent, actionOfSettingsEvent, runEvent, settingsEvent} from './store/events';
import {reducer} from './store/reducer';

class Plugin {
    initialize(registry: Registry, store: Store) {
        const dispatchEvent = (event: string, actionOf: (message: WebSocketMessage) => Action | null) => {
            registry.registerWebSocketEventHandler(event, (message) => {
                const action = actionOf(message);
                if (action) {
                    store.dispatch(action);
                }
            });
        };
        registry.registerTranslations(messagesOf);
        registry.registerReducer(reducer);
        dispatchEvent(runEvent, actionOfRunEvent);
        dispatchEvent(settingsEvent, actionOfSettingsEvent);
        registry.registerAdminConsoleCustomSection('sync', SyncSection);
        registry.registerAdminConsoleCustomSetting('Policy', PolicySetting, {showTitle: false});
    }
}

window.registerPlugin(pluginId, new Plugin());
