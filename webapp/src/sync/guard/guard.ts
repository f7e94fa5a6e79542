import {guardKinds, type GuardKind} from '../lists';
import type {Brake, Guard} from '../policy/guard';
import {DAY_MS} from '../time';
import type {HeldKind, Hold} from '../types';

/** From so many changes on, `max_percent` of a brake counts: a single change is always a large share of a small company. */
const SEVERAL = 2;

/** A share that holds nothing. */
const NO_MAXIMUM = 100;

/** What a run would do to accounts, and how many of the linked users it found. */
export interface Impact {

    /** Users who are linked to an active account. */
    linked: number;

    /** How many of them the directory still has; `null` when the run did not read the whole directory. */
    found: number | null;

    /** Existing accounts that the run links. */
    adopted: number;

    /** Changes that the run plans. */
    planned: Record<GuardKind, number>;

    /** Changes of other accounts that runs without an approval made in the hours before. */
    recent: Record<GuardKind, number>;

    /** Whether an administrator started the first import: this is the approval of its new accounts. */
    is_first_import: boolean;
}

/** The changes of a run's plan that need an approval, or null. `now` is in ms since 1970. */
export function holdOf(impact: Impact, guard: Guard, now: number): Hold | null {
    const kinds = hasShrunk(impact, guard) ?
        [{kind: 'directory_shrunk', count: impact.found!, total: impact.linked} as const] :
        guardKinds.filter((kind) => mustHold(kind, impact, guard[kind])).map((kind) => heldKind(kind, impact, guard));
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

/**
 * The accounts that the shares are of: those that a run before has deactivated still count, so that a share means the same all day, and
 * those that the run links or would activate again.
 */
function totalOf(kind: GuardKind, {linked, adopted, planned, recent}: Impact): number {
    return linked + adopted + recent.deactivations + (kind === 'reactivations' ? planned.reactivations : 0);
}

function mustHold(kind: GuardKind, impact: Impact, brake: Brake): boolean {
    const planned = impact.planned[kind];
    if (planned === 0 || (kind === 'creations' && impact.is_first_import)) {
        return false;
    }
    return isTooMany(planned + impact.recent[kind], totalOf(kind, impact), brake);
}

/** Whether `count` of `total` is more than a brake allows. */
export function isTooMany(count: number, total: number, {more_than, percent, never_more_than = Infinity, max_percent = NO_MAXIMUM}: Brake): boolean {
    return count > never_more_than ||
        (count > more_than && count * 100 > total * percent) ||
        (max_percent < NO_MAXIMUM && count >= SEVERAL && count * 100 > total * max_percent);
}

function heldKind(kind: GuardKind, impact: Impact, {window_hours}: Guard): HeldKind {
    const held: HeldKind = {kind, count: impact.planned[kind], total: totalOf(kind, impact)};
    return impact.recent[kind] === 0 ? held : {...held, recent: impact.recent[kind], hours: window_hours};
}
