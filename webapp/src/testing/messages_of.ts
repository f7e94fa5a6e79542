import {messages as english} from '../i18n/english';
import {messages as korean} from '../i18n/korean';
import type {Messages} from '../i18n/language';
import {localeOf} from '../sync/messages/locale';

/** All messages for a Mattermost locale, as the page loads them; English for languages without texts of their own. */
export function messagesOf(locale: string): Messages {
    return localeOf(locale) === 'ko' ? korean : english;
}
