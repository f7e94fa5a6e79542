import {boundedText, isPlain} from '../mapping/text';

/**
 * Makes texts equal that a reader takes for the same: Unicode form C, lower case, one small sigma.
 * Other letters stay different (é is not e), so a rule means what it says.
 */
export function fold(long: string): string {
    const text = boundedText(long);
    return isPlain(text) ? text.toLowerCase() : text.normalize('NFC').toLowerCase().replace(/ς/g, 'σ');
}

/** A text in form C, upper and lower case as they are. */
export function compose(long: string): string {
    const text = boundedText(long);
    return isPlain(text) ? text : text.normalize('NFC');
}
