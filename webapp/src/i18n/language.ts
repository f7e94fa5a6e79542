import {pluginId} from '../manifest';
import type {Catalogue} from '../sync/messages/keys';
import type {Locale} from '../sync/messages/locale';
import {addCatalogue} from '../sync/messages/translate';

import {loadingMessages} from './loading_messages';
import type {MessageId} from './message_id';

/** All texts of one language. */
export type Messages = Record<MessageId, string>;

/**
 * All messages of one language: those of the page, and those of the sync logic under our prefix, which keeps them apart from the web
 * client's own.
 */
export function language(locale: Locale, catalogue: Catalogue, pageMessages: Record<string, string>): Messages {
    addCatalogue(locale, catalogue);
    const prefixed = Object.entries(catalogue).map(([key, message]) => [`${pluginId}.${key}`, message]);
    return {...Object.fromEntries(prefixed), ...loadingMessages[locale], ...pageMessages} as Messages;
}
