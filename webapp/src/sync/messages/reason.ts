import type {Change} from '../types';

import {isMessageKey, type Locale, translate} from './translate';

/**
 * Why a change is planned, and in brackets the other side of a conflict: "account belongs to another directory user (0b1f…)".
 * A reason that only a newer version knows is told by its name.
 */
export function reasonText(locale: Locale, {reason, reason_params}: Pick<Change, 'reason' | 'reason_params'>): string {
    const key = `reason.${reason}`;
    const sentence = isMessageKey(key) ? translate(locale, key, reason_params ?? {}) : reason;
    const {other_username, other_account_id, other_object_id} = reason_params ?? {};
    const names = [other_username && `@${other_username}`, other_account_id, other_object_id].filter(Boolean);
    return names.length > 0 ? `${sentence} (${names.join(', ')})` : sentence;
}
