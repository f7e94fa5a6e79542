import type {transliterate} from 'transliteration';

/** Resolved when the bundle is built; none is left in it. */
declare const require: (name: 'transliteration') => {transliterate: typeof transliterate};

const ASCII = /^[ -~]*$/;
const BEYOND_ASCII = /[^ -~]/g;

/**
 * The text in ASCII letters, by sound where the script has none: `김민수` becomes `gimminsu`, `王小明` `Wang Xiao Ming`. What has
 * no spelling, such as an emoji, is left out.
 */
export function transliterateToAscii(text: string): string {
    return ASCII.test(text) ? text : load()(text.normalize('NFC')).replace(BEYOND_ASCII, '');
}

/**
 * Loaded when first used: its table of forty thousand characters takes goja a tenth of a second to build, and an `import` would
 * build it in every runtime, also in those that only translate a message.
 */
function load(): typeof transliterate {
    return require('transliteration').transliterate;
}
