import './public_path';

import type {Store} from 'redux';

import {lazyPage} from './lazy_page';
import {pluginId} from './manifest';
import type {Registry} from './registry';

/** Every user of Mattermost loads this file at each start, so it only registers what few of them open. */
class Plugin {
    initialize(registry: Registry, store: Store) {
        const {Section, Setting} = lazyPage(registry, store);
        registry.registerAdminConsoleCustomSection('sync', Section);
        registry.registerAdminConsoleCustomSetting('Policy', Setting, {showTitle: false});
    }
}

window.registerPlugin(pluginId, new Plugin());
