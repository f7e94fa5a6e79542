import type {MessageKey} from '../sync/messages/keys';

import type en from './en.json';

/** The page's own messages, and those of the sync logic under our prefix (the web client keeps all plugins' messages in one list). */
export type MessageId = keyof typeof en | `entrasync.${MessageKey}`;

declare global {
    // eslint-disable-next-line @typescript-eslint/no-namespace
    namespace FormatjsIntl {
        interface Message {
            ids: MessageId;
        }
    }
}
