import {useContext, useEffect, useRef, useState} from 'react';
import {useIntl} from 'react-intl';
import {useSelector} from 'react-redux';

import {getStoredSettings} from '../../../client';
import {pluginId} from '../../../manifest';
import type {CustomSettingProps, SaveAction} from '../../../registry';
import {settingsRevision} from '../../../store/selectors';
import {settingKeys, type SettingKey} from '../../../sync/settings/keys';
import type {PlainSettings} from '../frame/settings';

import {ScreenSettings} from './screen_settings';

type Stored = Record<string, unknown>;

export interface SaveGuard {

    /** The settings that somebody else has saved since this page was opened. */
    foreign: SettingKey[];

    /** Lets the next saving replace what the others have saved. */
    overwrite(): void;

    /** Puts what the others have saved beside what is edited here; null where both have changed the same setting. */
    takeOver: (() => void) | null;
}

/**
 * Keeps one administrator from overwriting another: the console saves the whole configuration as it read it, so before it
 * does, and whenever the server says that settings have changed, what is stored is compared with what this page began from.
 */
export function useSaveGuard({config, onChange, setSaveNeeded, registerSaveAction, unRegisterSaveAction}: CustomSettingProps): SaveGuard {
    const intl = useIntl();
    const began = config?.PluginSettings?.Plugins?.[pluginId];
    const [stored, setStored] = useState<Stored | null>(null);
    const revision = useSelector(settingsRevision);
    const accepted = useRef<Stored | null>(null);
    const foreign = stored && began ? differing(stored, began) : [];
    const {settings, isEdited} = useEdited(began);

    useEffect(() => {
        if (revision !== '') {
            const aborter = new AbortController();
            // Without an answer now, saving asks again.
            getStoredSettings(aborter.signal).then(setStored, () => undefined);
            return () => aborter.abort();
        }
        return undefined;
    }, [revision]);

    useEffect(() => {
        const check: SaveAction = async () => {
            const current = await getStoredSettings().catch(() => null);
            if (current === null || !began || differing(current, accepted.current ?? began).length === 0) {
                return {};
            }
            setStored(current);
            return {error: {message: intl.formatMessage({id: 'entrasync.foreign.stopped'})}};
        };
        registerSaveAction?.(check);
        return () => unRegisterSaveAction?.(check);
    }, [began, intl, registerSaveAction, unRegisterSaveAction]);

    const overwrite = () => {
        accepted.current = stored;
        setStored(null);
    };
    const takeOver = () => {
        for (const key of foreign) {
            onChange(settings.get(key)!.props.id, stored?.[key.toLowerCase()]);
        }
        setSaveNeeded();
        overwrite();
    };
    const canTakeOver = foreign.every((key) => settings.has(key) && !isEdited(key) && stored?.[key.toLowerCase()] !== undefined);
    return {foreign, overwrite, takeOver: canTakeOver ? takeOver : null};
}

/** The settings on the screen, and whether somebody has edited one since the console read or saved the configuration. */
function useEdited(began: Stored | undefined) {
    const settings = useContext(ScreenSettings);
    const [start, setStart] = useState({began, settings});
    if (start.began !== began) {
        setStart({began, settings});
    }
    const valueOf = (of: PlainSettings, key: SettingKey) => textOf(of.get(key)?.props.value);
    return {settings, isEdited: (key: SettingKey) => valueOf(settings, key) !== valueOf(start.settings, key)};
}

/** The settings with other values; those that nobody has ever set are as good as empty. */
function differing(one: Stored, other: Stored): SettingKey[] {
    return settingKeys.filter((key) => textOf(one[key.toLowerCase()]) !== textOf(other[key.toLowerCase()]));
}

function textOf(value: unknown): string {
    return value === undefined || value === null ? '""' : JSON.stringify(value);
}
