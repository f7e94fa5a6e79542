import {pluginId} from '../manifest';
import {localeOf, messages as syncMessages, type Locale} from '../sync/messages/translate';

import en from './en.json';
import ko from './ko.json';

const pageMessages: Record<Locale, Record<string, string>> = {en, ko};

/** All messages for a Mattermost locale, English for languages that we do not speak. The prefix keeps them apart from the web client's own. */
export function messagesOf(locale: string): Record<string, string> {
    const known = localeOf(locale);
    const prefixed = Object.entries(syncMessages[known]).map(([key, message]) => [`${pluginId}.${key}`, message]);
    return {...Object.fromEntries(prefixed), ...pageMessages[known]};
}
