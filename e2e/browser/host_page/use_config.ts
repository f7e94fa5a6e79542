import type {AdminConfig} from '@mattermost/types/config';
import type {PluginSetting} from '@mattermost/types/plugins';
import {useCallback, useRef, useState} from 'react';

import {client, type OpenPlugin} from './server';
import {setNavigationBlocked, store} from './store';

/** Called after saving. An error leaves the page unsaved. */
type SaveAction = () => Promise<{error?: {message?: string}}>;

type Values = Record<string, unknown>;

/** The plugin's part of the server's configuration, as the console edits it. */
export function useConfig({manifest, config: opened, mayWrite, environment}: OpenPlugin) {
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
        const refusal = await client.patchConfig(patchOf(config, edited)).then(setConfig, (error: Error) => error);
        setFault(refusal?.message ?? '');
        // As in the console, the actions run after saving, also if saving failed.
        const answers = await Promise.all([...actions.current].map((action) => action()));
        if (!refusal && !answers.some(({error}) => error?.message)) {
            setEdited({});
            setIsSaveNeeded(false);
            store.dispatch(setNavigationBlocked(false));
        }
    };
    const enableId = `PluginSettings.PluginStates.${manifest.id}.Enable`;
    const idOf = (key: string) => `PluginSettings.Plugins.${manifest.id}.${key.toLowerCase()}`;
    const stored: Values = config.PluginSettings.Plugins[manifest.id] ?? {};
    const isEnabled = Boolean(edited[enableId] ?? config.PluginSettings.PluginStates[manifest.id]?.Enable);
    return {
        config,
        isSaveNeeded,
        fault,
        enableId,
        isEnabled,
        mayWrite,

        /** The console closes the settings of a plugin that is off, even before the switch is saved. */
        isDisabled: !isEnabled || !mayWrite,
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

/** IDs are paths, such as `PluginSettings.Plugins.entrasync.schedule`. */
function patchOf(config: AdminConfig, edited: Values) {
    const {Plugins, PluginStates} = structuredClone(config.PluginSettings);
    const parts: Record<string, Record<string, object | undefined>> = {Plugins, PluginStates};
    for (const [id, value] of Object.entries(edited)) {
        const [, part = '', plugin = '', key = ''] = id.split('.');
        parts[part] = {...parts[part], [plugin]: {...parts[part]?.[plugin], [key]: value}};
    }
    return {PluginSettings: parts};
}

function environmentOf(environment: OpenPlugin['environment']): Record<string, Record<string, boolean> | undefined> {
    return (environment as {PluginSettings?: {Plugins?: Record<string, Record<string, boolean>>}} | null)?.PluginSettings?.Plugins ?? {};
}
