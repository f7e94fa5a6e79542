import {createIntl} from 'react-intl';

import {messagesOf} from '../../webapp/src/i18n/messages';

import {hostMessages} from './host_page/messages';

/** What stands on the page for a message id. */
export type Words = (id: string, values?: Record<string, string | number>) => string;

/** The words of the page and of the console around it, from the catalogues that the page itself uses. A missing one throws. */
export function wordsOf(locale: string): Words {
    const messages: Record<string, string> = {...hostMessages(locale), ...messagesOf(locale)};
    const intl = createIntl({
        locale,
        messages: messages as never, // the host's words are none of the plugin's message ids
        onError: (error) => {
            throw error;
        },
    });
    return (id, values) => (intl.formatMessage as (descriptor: {id: string}, values?: Record<string, string | number>) => string)({id}, values);
}
