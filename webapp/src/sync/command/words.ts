import {commandWords, type CommandWord} from '../lists';

/** The words after the slash command. */
export const trigger = '/entrasync';

export function isCommandWord(word: string): word is CommandWord {
    return (commandWords as readonly string[]).includes(word);
}
