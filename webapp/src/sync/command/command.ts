import type {Fault} from '../errors';

import {conversations, Refused, type ApiAnswer, type ApiRequest, type Conversation} from './conversation';
import {parseCommand} from './parse';
import {reply} from './reply';

export interface CommandInput {

    /** What was typed, including the slash. */
    text: string;
    locale: string;

    /** The offset of the reader's time zone. */
    utc_offset_minutes: number;

    /** In ms. */
    now: number;

    /** The plugin's page. Anything but a web address is left out. */
    console_url?: string;

    /** The answers to the requests so far, in order. */
    answers: ApiAnswer[];
}

/** What to do next: make a request and call again with its answer, or show the reply. */
export type CommandStep = {request: ApiRequest; text: ''} | {request: null; text: string};

/** The bundle's function `command`. It keeps nothing between calls: the answers so far show how far the command has come. */
export function command({text, locale, utc_offset_minutes, now, console_url, answers}: CommandInput): CommandStep {
    const {word, user, fault} = parseCommand({text});
    const about = {locale, utc_offset_minutes, now, console_url: console_url ?? '', word, user};
    if (word === '') {
        return {request: null, text: reply({...about, data: null, fault}).text};
    }
    const outcome = follow(conversations[word](user), answers);
    return 'request' in outcome ? {request: outcome.request, text: ''} : {request: null, text: reply({...about, ...outcome}).text};
}

/** The next request of a conversation after these answers, or its outcome. */
function follow(conversation: Conversation, answers: readonly ApiAnswer[]): {request: ApiRequest} | {data: unknown; fault: Fault | null} {
    try {
        let step = conversation.next();
        for (const answer of answers) {
            if (!step.done) {
                step = conversation.next(answer);
            }
        }
        return step.done ? {data: step.value, fault: null} : {request: step.value};
    } catch (error) {
        if (error instanceof Refused) {
            return {data: null, fault: error.fault};
        }
        throw error;
    }
}
