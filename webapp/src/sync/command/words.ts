import {commandWords, type CommandWord} from '../lists';

/** What stands behind the slash. */
export const trigger = '/entrasync';

export function isCommandWord(word: string): word is CommandWord {
    return (commandWords as readonly string[]).includes(word);
}
