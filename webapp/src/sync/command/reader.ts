import type {Locale} from '../messages/translate';

/** Whom a reply is for. */
export interface Reader {
    locale: Locale;

    /** Minutes that the reader's clock is ahead of UTC. */
    offsetMinutes: number;

    /** When the command was typed, in ms. */
    now: number;

    /** The person that the command named, or ''. */
    user: string;
}
