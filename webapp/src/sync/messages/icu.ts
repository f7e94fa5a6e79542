import {parse, TYPE, type MessageFormatElement, type PluralElement} from '@formatjs/icu-messageformat-parser';

/** The values of one message, and the plural rules of its language. */
export interface MessageValues {

    /** The value as text, whatever its type. */
    text: (name: string) => string;

    /** The value if it is a number. */
    number: (name: string) => number | undefined;

    /** The plural category of a number in the language of the message. */
    category: (count: number) => 'one' | 'other';
}

const parsed = new Map<string, MessageFormatElement[]>();

/** A message is parsed when it is first needed. */
function elementsOf(message: string): MessageFormatElement[] {
    const known = parsed.get(message);
    if (known) {
        return known;
    }
    const elements = parse(message);
    parsed.set(message, elements);
    return elements;
}

/** Digits in groups of three, as English and Korean write them. */
function groupDigits(count: number): string {
    return Number.isInteger(count) ? String(count).replace(/\B(?=(\d{3})+$)/g, ',') : String(count);
}

function numberText(name: string, values: MessageValues): string {
    const count = values.number(name);
    return count === undefined ? values.text(name) : groupDigits(count);
}

function pluralText({value: name, options}: PluralElement, values: MessageValues): string {
    const count = values.number(name);
    const option = options[`=${count}`] ?? options[count === undefined ? 'other' : values.category(count)] ?? options.other;
    return textOf(option?.value ?? [], values, name);
}

function textOf(elements: MessageFormatElement[], values: MessageValues, counted = ''): string {
    return elements.map((element) => {
        switch (element.type) {
        case TYPE.literal:
            return element.value;
        case TYPE.argument:
            return values.text(element.value);
        case TYPE.number:
            return numberText(element.value, values);
        case TYPE.plural:
            return pluralText(element, values);
        case TYPE.pound:
            return numberText(counted, values);
        default:
            throw new Error(`messages cannot have elements of type ${TYPE[element.type]}`);
        }
    }).join('');
}

/**
 * An ICU message with its values: `{name}`, `{count, number}`, and `{count, plural, …}` (the catalogues use nothing else). It needs no
 * `Intl`, which goja does not have. On the page, react-intl formats the same messages with the same parser.
 */
export function formatMessage(message: string, values: MessageValues): string {
    return textOf(elementsOf(message), values);
}
