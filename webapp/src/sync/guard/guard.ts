import {guardKinds} from '../lists';
import type {Brake, Guard} from '../policy/guard';
import {DAY_MS} from '../time';
import type {HeldKind, Hold} from '../types';

/** What a run would do to linked accounts, and how many of the linked users it found. */
export interface Impact {

    /** Users who are linked to an active account. */
    linked: number;

    /** How many of them the directory still has; `null` when the run did not read the whole directory. */
    found: number | null;

    deactivations: number;
    email_changes: number;
    username_changes: number;
    auth_data_changes: number;
}

/** The changes of a run's plan that need an approval, or null. `now` is in ms since 1970. */
export function holdOf(impact: Impact, guard: Guard, now: number): Hold | null {
    const kinds = hasShrunk(impact, guard) ?
        [{kind: 'directory_shrunk', count: impact.found!, total: impact.linked} as const] :
        guardKinds.
            filter((kind) => isTooMany(impact[kind], impact.linked, guard[kind])).
            map((kind): HeldKind => ({kind, count: impact[kind], total: impact.linked}));
    return kinds.length === 0 ? null : {kinds, expires_at: expiryOf(guard, now)};
}

/** Until when what a run holds can be approved, in ms since 1970. */
export function expiryOf({approval_days}: Guard, now: number): number {
    return now + approval_days * DAY_MS;
}

/** A directory without so many linked users is probably incomplete, so everything is held. */
export function hasShrunk({linked, found}: Pick<Impact, 'linked' | 'found'>, {min_directory_percent}: Guard): boolean {
    return found !== null && linked > 0 && found * 100 < linked * min_directory_percent;
}

function isTooMany(count: number, linked: number, {more_than, percent, never_more_than = Infinity}: Brake): boolean {
    return count > never_more_than || (count > more_than && count * 100 > linked * percent);
}
