import {commandWords, type CommandWord} from '../lists';
import {localeOf, translate} from '../messages/translate';

interface Autocomplete {
    hint: string;
    description: string;
    words: Array<{word: CommandWord; hint: string; description: string}>;
}

/** What the message box offers after /entrasync. */
export function autocomplete(input: {locale: string}): Autocomplete {
    const locale = localeOf(input.locale);
    return {
        hint: translate(locale, 'command.hint'),
        description: translate(locale, 'command.about'),
        words: commandWords.map((word) => ({
            word,
            hint: word === 'user' ? translate(locale, 'command.user_hint') : '',
            description: translate(locale, `command.${word}`),
        })),
    };
}
