import {useContext, useEffect, useRef, useState} from 'react';
import {useSelector} from 'react-redux';

import {pluginId} from '../../manifest';
import type {CustomSettingProps, SaveAction} from '../../registry';
import {hasUnsavedSettings} from '../../store/selectors';
import type {SettingKey} from '../../sync/settings/keys';
import type {PlainSettings} from '../frame/settings';

import {ScreenSettings} from './screen_settings';
import {differing, textOf, useStoredSettings, type Settings} from './use_stored_settings';

interface SaveGuard {

    /** The settings that another administrator has saved since this page was opened; empty if only secrets changed, null if nothing did. */
    foreign: SettingKey[] | null;

    /** Lets the next saving replace what the others have saved. */
    overwrite(): void;

    /** Combines what others have saved with what is edited here; null if both have changed the same setting. */
    takeOver: (() => void) | null;
}

/** The setting that tells the server from which settings an edited page began (server/save_guard.go). */
const savedFromKey = 'savedfrom';

/** The settings of a plugin that has never been configured. */
const nothing: Settings = {};

/**
 * Keeps one administrator from overwriting another. The console saves all settings as it read them, so an edited page says from
 * which it began, and the server refuses to save over newer ones. The page shows them as soon as it knows.
 */
export function useSaveGuard(props: CustomSettingProps): SaveGuard {
    const {id, config, onChange, setSaveNeeded, registerSaveAction, unRegisterSaveAction} = props;
    const began = config?.PluginSettings?.Plugins?.[pluginId] ?? nothing;
    const {stored, revision, look} = useStoredSettings(began);
    const [decision, setDecision] = useState({began, accepted: ''});
    const accepted = decision.began === began ? decision.accepted : '';
    const {settings, isEdited} = useEdited(began);
    useMark(id, accepted || revision, onChange);

    useEffect(() => {
        // The console asks after it has tried to save. It has shown why it could not; the page then shows what to do.
        const lookAgain: SaveAction = () => look().then(() => ({}));
        registerSaveAction?.(lookAgain);
        return () => unRegisterSaveAction?.(lookAgain);
    }, [look, registerSaveAction, unRegisterSaveAction]);

    const isForeign = stored && stored.revision !== revision && stored.revision !== accepted;
    const foreign = isForeign ? differing(stored.settings, began) : null;
    const overwrite = () => setDecision({began, accepted: stored?.revision ?? ''});
    const takeOver = () => {
        for (const key of foreign ?? []) {
            onChange(settings.get(key)!.props.id, stored?.settings[key.toLowerCase()]);
        }
        setSaveNeeded();
        overwrite();
    };
    const canTakeOver = foreign?.every((key) => settings.has(key) && !isEdited(key) && stored?.settings[key.toLowerCase()] !== undefined);
    return {foreign, overwrite, takeOver: canTakeOver ? takeOver : null};
}

/** Writes into an edited page's settings that they began from `revision`; the rest distinguishes pages that began with the same settings. */
function useMark(policyId: string, revision: string, onChange: CustomSettingProps['onChange']): void {
    const isUnsaved = useSelector(hasUnsavedSettings);
    const marked = useRef('');
    useEffect(() => {
        if (!isUnsaved) {
            marked.current = '';
        } else if (revision !== '' && revision !== marked.current) {
            marked.current = revision;
            const own = crypto.getRandomValues(new Uint32Array(2)).join('');
            onChange(policyId.slice(0, policyId.lastIndexOf('.') + 1) + savedFromKey, `${revision} ${own}`);
        }
    }, [isUnsaved, onChange, policyId, revision]);
}

/** The settings on the screen, and whether one was edited since the console read or saved the configuration. */
function useEdited(began: Settings) {
    const settings = useContext(ScreenSettings);
    const [start, setStart] = useState({began, settings});
    if (start.began !== began) {
        setStart({began, settings});
    }
    const valueOf = (of: PlainSettings, key: SettingKey) => textOf(of.get(key)?.props.value);
    return {settings, isEdited: (key: SettingKey) => valueOf(settings, key) !== valueOf(start.settings, key)};
}
