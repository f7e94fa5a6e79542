import cronstrue from 'cronstrue';
import 'cronstrue/locales/ko';

import type {Locale} from '../../sync/messages/locale';

/** Words that end with a time of day do not say on which days. */
const TIME_ALONE = /\d$/;

/** A cron expression in words, such as "At 03:00, every day"; '' for one that cannot be read: the server says what is wrong with it. */
export function cronWords(expression: string, locale: Locale): string {
    try {
        const words = (verbose: boolean) => cronstrue.toString(expression, {locale, use24HourTimeFormat: true, verbose});
        return TIME_ALONE.test(words(false)) ? words(true) : words(false);
    } catch {
        return '';
    }
}
