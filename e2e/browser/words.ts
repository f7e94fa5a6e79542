import {createIntl} from 'react-intl';

import {messagesOf} from '../../webapp/src/testing/messages_of';

import {hostMessages} from './host_page/messages';

/** The text on the page for a message ID. */
export type Words = (id: string, values?: Record<string, string | number>) => string;

/** The texts of the page and of the console around it, from the catalogs that the page uses. A missing one throws. */
export function wordsOf(locale: string): Words {
    const messages: Record<string, string> = {...hostMessages(locale), ...messagesOf(locale)};
    const intl = createIntl({
        locale,
        messages: messages as never, // the texts of the host are not message IDs of the plugin
        onError: (error) => {
            throw error;
        },
    });
    return (id, values) => (intl.formatMessage as (descriptor: {id: string}, values?: Record<string, string | number>) => string)({id}, values);
}
