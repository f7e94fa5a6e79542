import {messagesOf} from '../../webapp/src/i18n/messages';

import {hostMessages} from './host_page/messages';

/** What stands on the page for a message id, with its simple {placeholders} filled. */
export type Words = (id: string, values?: Record<string, string | number>) => string;

/** The words of the page and of the console around it, from the catalogues that the page itself uses. */
export function wordsOf(locale: string): Words {
    const messages = {...hostMessages(locale), ...messagesOf(locale)};
    return (id, values = {}) => {
        const message = messages[id];
        if (message === undefined) {
            throw new Error(`there is no message ${id}`);
        }
        return message.replace(/\{(\w+)(?:, number)?\}/g, (_, name: string) => String(values[name] ?? ''));
    };
}
