import type {Store} from 'redux';

import {PolicySetting} from './components/system_console/policy_setting';
import {SyncSection} from './components/system_console/sync_section';
import './components/system_console/styles.css';
import {messagesOf} from './i18n/messages';
import {pluginId} from './manifest';
import type {Registry} from './registry';
import {reducer} from './store/reducer';
import {actionOfRunEvent, runEvent} from './store/run_event';

class Plugin {
    initialize(registry: Registry, store: Store) {
        registry.registerTranslations(messagesOf);
        registry.registerReducer(reducer);
        registry.registerWebSocketEventHandler(runEvent, (message) => {
            const action = actionOfRunEvent(message);
            if (action) {
                store.dispatch(action);
            }
        });
        registry.registerAdminConsoleCustomSection('sync', SyncSection);
        registry.registerAdminConsoleCustomSetting('Policy', PolicySetting, {showTitle: false});
    }
}

window.registerPlugin(pluginId, new Plugin());
