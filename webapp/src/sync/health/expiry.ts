import {DAY_MS} from '../time';

/** A credential needs attention this many days before it expires. */
const soonDays = 30;

type Expiry = 'unknown' | 'valid' | 'soon' | 'expired';

/** How close the expiry of the client secret or certificate is. `at` and `now` are in ms; 0 if the expiry is unknown. */
export function expiryOf(at: number, now: number): Expiry {
    if (at === 0) {
        return 'unknown';
    }
    if (at <= now) {
        return 'expired';
    }
    return at - now <= soonDays * DAY_MS ? 'soon' : 'valid';
}
