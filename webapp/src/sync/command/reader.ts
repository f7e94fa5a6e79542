import type {Locale} from '../messages/translate';

/** The reader of a reply. */
export interface Reader {
    locale: Locale;

    /** Minutes that the reader's clock is ahead of UTC. */
    offsetMinutes: number;

    /** When the command was typed, in ms. */
    now: number;

    /** The plugin's page, or '' if the server does not know its own address. */
    consoleUrl: string;

    /** The user that the command named, or ''. */
    user: string;
}
