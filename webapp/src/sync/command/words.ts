import type {CommandWord} from '../messages/keys';

/** What stands behind the slash. */
export const trigger = '/entrasync';

/** The words in the order of the help. */
export const commandWords: readonly CommandWord[] = [
    'status', 'preview', 'sync', 'user', 'history', 'cancel', 'approve', 'test', 'help',
];

export function isCommandWord(word: string): word is CommandWord {
    return (commandWords as readonly string[]).includes(word);
}
