import {useQuery} from '@tanstack/react-query';
import {useState} from 'react';
import {useSelector} from 'react-redux';

import {getStatus, getStoredSettings} from '../../client';
import {settingsRevision} from '../../store/selectors';
import {settingKeys, type SettingKey} from '../../sync/settings/keys';
import {useDebounced} from '../widgets/use_debounced';

/** Values by keys in lower case, as Mattermost has them; secrets are masked. */
export type Settings = Record<string, unknown>;

/** Settings with the revision that the server gives them. */
interface Stored {
    revision: string;
    settings: Settings;
}

/** How long (ms) after the server has announced other settings they are read. Until then, our own save has been answered. */
const PAUSE = 1000;

/** The newest look at the server while the console had the settings `began`, the `turn`th that it has had. */
interface Seen {
    began: Settings;
    turn: number;

    /** Null before the page has looked. */
    stored: Stored | null;

    /** The revision of `began`; '' if newer settings replaced it before the page looked. */
    revision: string;
}

/**
 * What the server has stored, and the revision of the settings that the console has read or saved last, both as they were when the
 * page looked last. It looks when it opens, when the console has saved, and when the server announces other settings.
 */
export function useStoredSettings(began: Settings) {
    const [seen, setSeen] = useState<Seen>({began, turn: 0, stored: null, revision: ''});
    const told = useDebounced(useSelector(settingsRevision), PAUSE);

    // Without an answer now, saving looks again.
    const {data, refetch} = useQuery({queryKey: ['stored_settings', seen.turn, told], queryFn: ({signal}) => readStored(signal)});
    if (seen.began !== began) {
        setSeen({began, turn: seen.turn + 1, stored: null, revision: ''});
    } else if (data && data !== seen.stored) {
        setSeen(seenFrom(seen, data));
    }
    return {...seen, look: refetch};
}

/** A later revision of settings that look the same may have another secret: the first one counts. */
function seenFrom(old: Seen, stored: Stored): Seen {
    return {...old, stored, revision: old.revision || (differing(stored.settings, old.began).length === 0 ? stored.revision : '')};
}

/** Requests the revision first, so that it is never newer than the settings. */
async function readStored(signal: AbortSignal): Promise<Stored> {
    const {settings_revision: revision} = await getStatus(signal);
    return {revision, settings: await getStoredSettings(signal)};
}

/** The settings with different values; a setting that was never set counts as empty. */
export function differing(one: Settings, other: Settings): SettingKey[] {
    return settingKeys.filter((key) => textOf(one[key.toLowerCase()]) !== textOf(other[key.toLowerCase()]));
}

export function textOf(value: unknown): string {
    return value === undefined || value === null ? '""' : JSON.stringify(value);
}
