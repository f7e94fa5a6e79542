import type {Locale} from '../lists';

import {en} from './en';
import type {Catalogue, MessageKey} from './keys';
import {ko} from './ko';

export type {Locale};

/** The catalogues, flat, as react-intl takes them. */
export const messages: Record<Locale, Catalogue> = {en, ko};

export type Params = Record<string, unknown>;

/** Stands where a sentence needs a value that its fault does not carry. */
const missingValue = '…';

/** Longest value that is put into a sentence, in characters. */
const longestValue = 1000;

/** The catalogue for a Mattermost locale, a BCP 47 tag or the first of an Accept-Language; English for any other language. */
export function localeOf(locale: unknown): Locale {
    const language = typeof locale === 'string' ? locale.trim().toLowerCase().split(/[^a-z]/)[0] : '';
    return language === 'ko' ? 'ko' : 'en';
}

function valueText(value: unknown): string {
    if (typeof value !== 'string' && typeof value !== 'number') {
        return missingValue;
    }
    const line = String(value).replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
    const characters = Array.from(line);
    if (characters.length > longestValue) {
        return `${characters.slice(0, longestValue).join('')}…`;
    }
    return line === '' ? missingValue : line;
}

/** The sentence with its placeholders filled, in one pass: a value that looks like a placeholder stays as it is. */
export function translate(locale: Locale, key: MessageKey, params: Params = {}): string {
    return messages[locale][key].replace(/\{([a-z_]+)\}/g, (_, name: string) => {
        return valueText(Object.hasOwn(params, name) ? params[name] : undefined);
    });
}

export function isMessageKey(key: string): key is MessageKey {
    return Object.hasOwn(en, key);
}
