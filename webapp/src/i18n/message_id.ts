import type {MessageKey} from '../sync/messages/keys';

import type en from './en.json';
import type loading from './loading.en.json';

/** The page's own messages, and those of the sync logic under our prefix (the web client keeps all plugins' messages in one list). */
export type MessageId = keyof typeof en | keyof typeof loading | `entrasync.${MessageKey}`;

declare global {
    // eslint-disable-next-line @typescript-eslint/no-namespace
    namespace FormatjsIntl {
        interface Message {
            ids: MessageId;
        }
    }
}
