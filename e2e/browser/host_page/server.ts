import {Client4, WebSocketClient} from '@mattermost/client';
import type {AdminConfig, EnvironmentConfig} from '@mattermost/types/config';
import type {PluginManifest} from '@mattermost/types/plugins';

import {siteUrl} from './place';
import {PluginRegistry} from './plugin_registry';
import {store} from './store';

export const client = new Client4();
client.setUrl(siteUrl);

/** Everything that the console needs to show one plugin's page. */
export interface OpenPlugin {
    manifest: PluginManifest;
    config: AdminConfig;

    /** Whether the user can change plugin settings. Some roles can only view the console. */
    mayWrite: boolean;

    /** The settings that environment variables set, or null. */
    environment: Partial<EnvironmentConfig> | null;
    registry: PluginRegistry;
}

/**
 * Reads the plugin's manifest and settings with the browser's session, loads its bundle, and listens to its events. When the
 * plugin is enabled or disabled, `replace` gets what it has registered then.
 */
export async function openPlugin(id: string, replace: (registry: PluginRegistry) => void): Promise<OpenPlugin> {
    const [plugins, config, environment, mayWrite] = await Promise.all([
        client.getPlugins(), client.getConfig(), client.getEnvironmentConfig(), mayWritePlugins(),
    ]);
    const active = plugins.active.find((plugin) => plugin.id === id);
    const manifest = active ?? plugins.inactive.find((plugin) => plugin.id === id);
    if (!manifest) {
        throw new Error(`the server has no plugin ${id}`);
    }
    const registry = new PluginRegistry(id);
    if (active) {
        await loadBundle(id, registry);
    }
    listen(id, registry, replace);
    return {manifest, config, mayWrite, environment, registry};
}

async function mayWritePlugins(): Promise<boolean> {
    const {roles} = await client.getMe();
    const held = await client.getRolesByNames(roles.split(' '));
    return held.some(({permissions}) => permissions.includes('sysconsole_write_plugins'));
}

async function loadBundle(id: string, registry: PluginRegistry): Promise<void> {
    const loaded = new Map<string, {initialize(registry: unknown, store: unknown): void}>();
    window.registerPlugin = (name, plugin) => loaded.set(name, plugin);
    const bundles = await client.getWebappPlugins();
    const bundle = bundles.find((plugin) => plugin.id === id)?.webapp.bundle_path;
    if (!bundle) {
        throw new Error(`the plugin ${id} has no webapp`);
    }
    await loadScript(`${siteUrl}${bundle.replace(/^\/static\/(?!plugins\/)/, '/static/plugins/')}`);
    loaded.get(id)?.initialize(registry, store);
}

function loadScript(address: string): Promise<void> {
    return new Promise((resolve, reject) => {
        const script = document.createElement('script');
        script.src = address;
        script.onload = () => resolve();
        script.onerror = () => reject(new Error(`${address} cannot be loaded`));
        document.head.append(script);
    });
}

function listen(id: string, first: PluginRegistry, replace: (registry: PluginRegistry) => void): void {
    let registry = first;
    const socket = new WebSocketClient();
    socket.addMessageListener(({event, data}) => {
        if (!isAbout(id, event, data)) {
            registry.handle({event, data});
            return;
        }
        const next = new PluginRegistry(id);
        registry = next;
        void (event === 'plugin_enabled' ? loadBundle(id, next) : Promise.resolve()).then(() => replace(next));
    });
    socket.initialize(`${siteUrl.replace(/^http/, 'ws')}/api/v4/websocket`);
}

/** Whether the event tells that the plugin was enabled or disabled. */
function isAbout(id: string, event: string, data: unknown): boolean {
    return ['plugin_enabled', 'plugin_disabled'].includes(event) && (data as {manifest?: {id?: string}}).manifest?.id === id;
}
