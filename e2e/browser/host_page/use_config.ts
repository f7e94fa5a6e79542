import type {AdminConfig} from '@mattermost/types/config';
import type {PluginSetting} from '@mattermost/types/plugins';
import {useCallback, useRef, useState} from 'react';

import {client, type OpenPlugin} from './server';
import {setNavigationBlocked, store} from './store';

/** May stop the saving by an error. */
export type SaveAction = () => Promise<{error?: {message?: string}}>;

type Values = Record<string, unknown>;

/** The plugin's part of the server's configuration, as the console edits it. */
export function useConfig({manifest, config: opened, environment}: OpenPlugin) {
    const [config, setConfig] = useState(opened);
    const [edited, setEdited] = useState<Values>({});
    const [isSaveNeeded, setIsSaveNeeded] = useState(false);
    const [fault, setFault] = useState('');
    const actions = useRef(new Set<SaveAction>());

    const setSaveNeeded = useCallback(() => {
        setIsSaveNeeded(true);
        store.dispatch(setNavigationBlocked(true));
    }, []);
    const change = useCallback((id: string, value: unknown) => {
        setEdited((old) => ({...old, [id]: value}));
        setSaveNeeded();
    }, [setSaveNeeded]);
    const save = async () => {
        setFault('');
        try {
            await runAll(actions.current);
            setConfig(await client.patchConfig(patchOf(config, manifest.id, edited)));
            setEdited({});
            setIsSaveNeeded(false);
            store.dispatch(setNavigationBlocked(false));
        } catch (error) {
            setFault((error as Error).message);
        }
    };
    const idOf = (key: string) => `PluginSettings.Plugins.${manifest.id}.${key.toLowerCase()}`;
    const stored: Values = config.PluginSettings.Plugins[manifest.id] ?? {};
    return {
        config,
        isSaveNeeded,
        fault,
        idOf,
        valueOf: (setting: PluginSetting) => edited[idOf(setting.key)] ?? stored[setting.key.toLowerCase()] ?? setting.default,
        isSetByEnv: (key: string) => Boolean(environmentOf(environment)[manifest.id]?.[key.toLowerCase()]),
        change,
        setSaveNeeded,
        save,
        registerSaveAction: useCallback((action: SaveAction) => actions.current.add(action), []),
        unRegisterSaveAction: useCallback((action: SaveAction) => actions.current.delete(action), []),
    };
}

export type ConsoleConfig = ReturnType<typeof useConfig>;

async function runAll(actions: Set<SaveAction>): Promise<void> {
    for (const action of actions) {
        const {error} = await action();
        if (error) {
            throw new Error(error.message ?? 'the settings cannot be saved');
        }
    }
}

function patchOf(config: AdminConfig, pluginId: string, edited: Values) {
    const prefix = `PluginSettings.Plugins.${pluginId}.`;
    const changed = Object.entries(edited).map(([id, value]) => [id.slice(prefix.length), value]);
    const plugins = config.PluginSettings.Plugins as Record<string, Values>;
    return {PluginSettings: {Plugins: {...plugins, [pluginId]: {...plugins[pluginId], ...Object.fromEntries(changed)}}}};
}

function environmentOf(environment: OpenPlugin['environment']): Record<string, Record<string, boolean> | undefined> {
    return (environment as {PluginSettings?: {Plugins?: Record<string, Record<string, boolean>>}}).PluginSettings?.Plugins ?? {};
}
