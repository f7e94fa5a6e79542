import type {Catalogue, MessageKey} from './keys';
import type {Locale} from './locale';

export {localeOf, type Locale} from './locale';

/** The catalogues that are loaded: both in the engine (catalogues.ts), on the page only the one of the reader. */
const catalogues = new Map<Locale, Catalogue>();

/** Makes the texts of a language known; until then `translate` has none. */
export function addCatalogue(locale: Locale, catalogue: Catalogue): void {
    catalogues.set(locale, catalogue);
}

/** The page asks for the language that it has loaded, and has no other. */
function catalogueOf(locale: Locale): Catalogue {
    return (catalogues.get(locale) ?? [...catalogues.values()][0])!;
}

export type Params = Record<string, unknown>;

/** Stands where a sentence needs a value that its fault does not carry. */
const missingValue = '…';

/** Longest value that is put into a sentence, in characters. */
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

/** The sentence with its placeholders filled, in one pass: a value that looks like a placeholder stays as it is. */
export function translate(locale: Locale, key: MessageKey, params: Params = {}): string {
    return catalogueOf(locale)[key].replace(/\{([a-z_]+)\}/g, (_, name: string) => {
        return valueText(Object.hasOwn(params, name) ? params[name] : undefined);
    });
}

export function isMessageKey(key: string): key is MessageKey {
    return Object.hasOwn(catalogueOf('en'), key);
}
