import {useQuery} from '@tanstack/react-query';
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

    // Without an answer, the next change asks again.
    const {data: stored} = useQuery({queryKey: ['directory_source', revision], queryFn: ({signal}) => getStoredSettings(signal), enabled: revision !== ''});
    useEffect(() => {
        if (stored) {
            dispatch(sourceKnown(JSON.stringify(sourceSettings.map((key) => stored[key.toLowerCase()] ?? ''))));
        }
    }, [dispatch, stored]);
}
