import type {AdminConfig} from '@mattermost/types/config';
import type {PluginManifest, PluginSetting} from '@mattermost/types/plugins';
import {useCallback, useRef, useState} from 'react';

import {client, type OpenPlugin} from './server';
import {setNavigationBlocked, store} from './store';

/** Called after saving. An error leaves the page unsaved. */
type SaveAction = () => Promise<{error?: {message?: string}}>;

/** Values by the IDs of settings. An ID is a path, such as `PluginSettings.Plugins.entrasync.schedule`. */
type Values = Record<string, unknown>;

/** A part of the configuration. */
type Tree = Record<string, unknown>;

/** The plugin's part of the server's configuration, as the console edits it (schema_admin_settings.tsx in the web client). */
export function useConfig({manifest, config: opened, mayWrite, environment}: OpenPlugin) {
    const enableId = `PluginSettings.PluginStates.${manifest.id}.Enable`;
    const idOf = (key: string) => `PluginSettings.Plugins.${manifest.id}.${key.toLowerCase()}`;
    const ids = [enableId, ...settingsOf(manifest).map(({key}) => idOf(key))];
    const [config, setConfig] = useState(opened);
    const [values, setValues] = useState(() => valuesOf(opened, ids));
    const [isSaveNeeded, setIsSaveNeeded] = useState(false);
    const [fault, setFault] = useState('');
    const actions = useRef(new Set<SaveAction>());

    /** The console closes the settings of a plugin that is off, even before the switch is saved. */
    const isDisabled = !values[enableId] || !mayWrite;
    const setSaveNeeded = useCallback(() => {
        setIsSaveNeeded(true);
        store.dispatch(setNavigationBlocked(true));
    }, []);
    const change = useCallback((id: string, value: unknown) => {
        setValues((old) => ({...old, [id]: value}));
        setSaveNeeded();
    }, [setSaveNeeded]);

    /** The whole configuration as this page has read it, with the settings of the plugin as they are on the screen. */
    const edited = () => {
        const next = structuredClone(config);
        setValue(next, enableId, values[enableId]);
        for (const {key, type} of settingsOf(manifest)) {
            // As in the console, a disabled switch is saved as false.
            setValue(next, idOf(key), type === 'bool' && isDisabled ? false : values[idOf(key)]);
        }
        return next;
    };
    const save = async () => {
        setFault('');
        const sent = edited();
        const answer = await client.patchConfig(sent).catch((error: Error) => error);
        if (answer instanceof Error) {
            setFault(answer.message);
        } else {
            // As in the console, the settings stay as they were sent, secrets included, until the page is opened again.
            setConfig(answer);
            setValues(valuesOf(sent, ids));
        }

        // As in the console, the actions run after saving, also if saving failed.
        const answers = await Promise.all([...actions.current].map((action) => action()));
        if (!(answer instanceof Error) && !answers.some(({error}) => error?.message)) {
            setIsSaveNeeded(false);
            store.dispatch(setNavigationBlocked(false));
        }
    };
    return {
        config,
        isSaveNeeded,
        fault,
        enableId,
        isEnabled: Boolean(values[enableId]),
        mayWrite,
        isDisabled,
        idOf,
        valueOf: (setting: PluginSetting) => values[idOf(setting.key)],
        isSetByEnv: (key: string) => Boolean(environmentOf(environment)[manifest.id]?.[key.toLowerCase()]),
        change,
        setSaveNeeded,
        save,
        registerSaveAction: useCallback((action: SaveAction) => actions.current.add(action), []),
        unRegisterSaveAction: useCallback((action: SaveAction) => actions.current.delete(action), []),
    };
}

export type ConsoleConfig = ReturnType<typeof useConfig>;

function settingsOf({settings_schema: schema}: PluginManifest): PluginSetting[] {
    return schema?.sections?.flatMap(({settings}) => settings) ?? [];
}

/** A setting that was never set has no value; the console shows its default only. */
function valuesOf(config: AdminConfig, ids: string[]): Values {
    return Object.fromEntries(ids.map((id) => [id, id.split('.').reduce<unknown>((part, key) => (part as Tree | undefined)?.[key], config) ?? undefined]));
}

function setValue(config: AdminConfig, id: string, value: unknown): void {
    const keys = id.split('.');
    const last = keys.pop() as string;
    const part = keys.reduce((parent, key) => (parent[key] ??= {}) as Tree, config as unknown as Tree);
    part[last] = value;
}

function environmentOf(environment: OpenPlugin['environment']): Record<string, Record<string, boolean> | undefined> {
    return (environment as {PluginSettings?: {Plugins?: Record<string, Record<string, boolean>>}} | null)?.PluginSettings?.Plugins ?? {};
}
