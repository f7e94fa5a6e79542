import {useEffect} from 'react';
import {useDispatch} from 'react-redux';

import {getStoredSettings} from '../../client';
import {sourceKnown} from '../../store/actions';
import type {SettingKey} from '../../sync/settings/keys';

/** Which directory is read, and as which application: what it may see can differ. A new secret changes neither. */
const sourceSettings: readonly SettingKey[] = ['TenantId', 'ClientId', 'Cloud', 'LoginUrl', 'GraphUrl'];

/** Tells the store which directory the saved settings name, whenever the plugin follows other settings (`revision` of `GET /status`). */
export function useDirectorySource(revision: string): void {
    const dispatch = useDispatch();
    useEffect(() => {
        if (revision === '') {
            return undefined;
        }
        const aborter = new AbortController();
        const tell = (stored: Record<string, unknown>) => dispatch(sourceKnown(JSON.stringify(sourceSettings.map((key) => stored[key.toLowerCase()] ?? ''))));

        // Without an answer, the next change asks again.
        getStoredSettings(aborter.signal).then(tell, () => undefined);
        return () => aborter.abort();
    }, [dispatch, revision]);
}
