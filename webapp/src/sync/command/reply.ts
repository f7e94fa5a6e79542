import type {Fault} from '../errors';
import {commandWords} from '../lists';
import {faultLines} from '../messages/fault_lines';
import {code} from '../messages/markdown';
import {localeOf, translate} from '../messages/translate';

import {connectionReply} from './connection_reply';
import type {Reader} from './reader';
import {approveReply, historyReply, startReply} from './run_replies';
import {statusReply} from './status_reply';
import {userReply} from './user_reply';
import {trigger} from './words';

export interface ReplyInput {
    locale: string;

    /** The offset of the reader's time zone, for all times in the reply. Without it they are in UTC. */
    utc_offset_minutes?: number;

    /** When the command was typed, in ms. */
    now?: number;

    /** The plugin's page. Without it, there are no links. */
    console_url?: string;

    /** The parsed word; '' when the command was not understood. */
    word: string;

    /** The user that `user` named. */
    user?: string;

    /**
     * What the matching HTTP route answered; for `status`, with the answer of `GET /overview` in `overview`; for `user`, `{run,
     * changes}` of the run and its changes; for `approve`, `{run, held}` of the run and how many changes were held.
     */
    data: unknown;

    /** Why there is no data: a fault, or the error body of the HTTP API. */
    fault: Fault | null;
}

/** The reply to each word, from the data of its route. */
const replies: Readonly<Record<string, (reader: Reader, data: never) => string[]>> = {
    status: statusReply,
    preview: startReply,
    sync: startReply,
    user: userReply,
    history: historyReply,
    cancel: ({locale}) => [translate(locale, 'command.cancel_asked')],
    approve: approveReply,
    test: connectionReply,
    help: helpReply,
};

function helpReply({locale}: Reader): string[] {
    const hint = translate(locale, 'command.user_hint');
    const lines = commandWords.map((word) => {
        const typed = word === 'user' ? `${trigger} ${word} ${hint}` : `${trigger} ${word}`;
        return `- ${code(typed)}: ${translate(locale, `command.${word}`)}`;
    });
    return [`#### ${translate(locale, 'command.help_title')}`, ...lines];
}

/** The reply to a command, in Markdown. */
export function reply(input: ReplyInput): {text: string} {
    const reader: Reader = {locale: localeOf(input.locale), offsetMinutes: input.utc_offset_minutes ?? 0, now: input.now ?? 0, consoleUrl: input.console_url ?? '', user: input.user ?? ''};
    const answer = Object.hasOwn(replies, input.word) ? replies[input.word] : undefined;
    const lines = input.fault || !answer ? faultLines(reader.locale, input.fault ?? {code: 'command_unknown', params: {word: input.word}}) :
        answer(reader, input.data as never);
    return {text: lines.join('\n')};
}
