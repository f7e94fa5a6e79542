import type {Fault} from '../errors';
import {commandWords, type CommandWord} from '../lists';

import {nearest} from './nearest';
import {isCommandWord, trigger} from './words';

interface ParsedCommand {

    /** '' if there is a fault. */
    word: CommandWord | '';

    /** The user that `user` names, as typed; '' for the other words. */
    user: string;
    fault: Fault | null;
}

/** Longest accepted name of a user, in UTF-16 units: a user principal name has at most 113. */
const longestUser = 256;

/** Aliases. */
const aliases: Readonly<Record<string, CommandWord>> = {'도움말': 'help', '?': 'help', '--help': 'help'};

/** The words between spaces. Quotes around a word, also typographic ones, keep its spaces. An open quote ends with the text. */
function splitWords(text: string): string[] {
    const words = text.match(/"[^"]*"?|“[^”]*”?|'[^']*'?|\S+/g) ?? [];
    return words.map((word) => word.replace(/^["“']|["”']$/g, '').trim()).filter((word) => word !== '');
}

/** `<lee@example.com>` and `mailto:lee@example.com`, as mail programs copy an address. */
function bareAddress(word: string): string {
    return word.replace(/^<|>$/g, '').replace(/^mailto:/i, '');
}

function usage(word: CommandWord): ParsedCommand {
    const text = word === 'user' ? `${trigger} user someone@example.com` : `${trigger} ${word}`;
    return {word: '', user: '', fault: {code: 'command_usage', params: {usage: text}}};
}

function unknown(typed: string): ParsedCommand {
    const suggestion = nearest(typed, commandWords);
    return {word: '', user: '', fault: {code: 'command_unknown', params: {word: typed, ...(suggestion && {suggestion: `${trigger} ${suggestion}`})}}};
}

/** Parses what was typed, including the slash. Without any word, it is a request for help. */
export function parseCommand({text}: {text: string}): ParsedCommand {
    const words = splitWords(text.replace(/[\u200b-\u200f\u2060\ufeff]/g, ''));
    if (words[0]?.toLowerCase() === trigger) {
        words.shift();
    }
    const [typed = 'help', ...rest] = words;
    const lower = typed.toLowerCase();
    const word = Object.hasOwn(aliases, lower) ? aliases[lower] as CommandWord : lower;
    if (!isCommandWord(word)) {
        return unknown(typed);
    }
    if (word !== 'user') {
        return rest.length === 0 || word === 'help' ? {word, user: '', fault: null} : usage(word);
    }
    const user = bareAddress(rest[0] ?? '');
    return rest.length === 1 && user !== '' && user.length <= longestUser ? {word, user, fault: null} : usage('user');
}
