import {formatMessage} from './icu';
import type {Catalogue, MessageKey} from './keys';
import type {Locale} from './locale';

export {localeOf, type Locale} from './locale';

/** The loaded catalogues: both languages in the engine (catalogues.ts), only the reader's language on the page. */
const catalogues = new Map<Locale, Catalogue>();

/** Adds the texts of a language. Without it, `translate` has none for that language. */
export function addCatalogue(locale: Locale, catalogue: Catalogue): void {
    catalogues.set(locale, catalogue);
}

/** The language of the texts. The page asks for the language that it has loaded, and has no other. */
function catalogueOf(locale: Locale): Catalogue {
    return (catalogues.get(locale) ?? [...catalogues.values()][0])!;
}

export type Params = Record<string, unknown>;

/** Is shown where a sentence needs a value that its fault does not have. */
const missingValue = '…';

/** Longest value in a sentence, in characters. */
const longestValue = 1000;

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

/** The plural rules of each language: CLDR's plural categories for whole numbers. */
const categories: Record<Locale, (count: number) => 'one' | 'other'> = {
    en: (count) => (count === 1 ? 'one' : 'other'),
    ko: () => 'other',
};

/** The text of a key with its values filled in. A value that looks like a placeholder stays as it is. */
export function translate(locale: Locale, key: MessageKey, params: Params = {}): string {
    const valueOf = (name: string) => (Object.hasOwn(params, name) ? params[name] : undefined);
    return formatMessage(catalogueOf(locale)[key], {
        text: (name) => valueText(valueOf(name)),
        number: (name) => {
            const value = valueOf(name);
            return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
        },
        category: categories[locale],
    });
}

export function isMessageKey(key: string): key is MessageKey {
    return Object.hasOwn(catalogueOf('en'), key);
}
