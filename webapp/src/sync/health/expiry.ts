import {DAY_MS} from '../time';

/** From how many days before its end on a credential needs attention. */
const soonDays = 30;

type Expiry = 'unknown' | 'valid' | 'soon' | 'expired';

/** How near the end of the client secret or certificate is; `at` and `now` in ms, 0 where the end is not known. */
export function expiryOf(at: number, now: number): Expiry {
    if (at === 0) {
        return 'unknown';
    }
    if (at <= now) {
        return 'expired';
    }
    return at - now <= soonDays * DAY_MS ? 'soon' : 'valid';
}
