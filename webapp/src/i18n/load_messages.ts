import type {Locale} from '../sync/messages/locale';

import type {Messages} from './language';

/** Loads the messages of one language. */
export async function loadMessages(locale: Locale): Promise<Messages> {
    const {messages} = await (locale === 'ko' ? import('./korean') : import('./english'));
    return messages;
}
