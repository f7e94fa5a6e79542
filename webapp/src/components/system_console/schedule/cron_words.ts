import cronstrue from 'cronstrue';
import 'cronstrue/locales/ko';

import type {Locale} from '../../../sync/messages/translate';

/** A cron expression in words, such as "At 03:00"; '' for one that cannot be read: the server says what is wrong with it. */
export function cronWords(expression: string, locale: Locale): string {
    try {
        return cronstrue.toString(expression, {locale, use24HourTimeFormat: true});
    } catch {
        return '';
    }
}
