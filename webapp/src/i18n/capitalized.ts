/** A name with a capital first letter, for what no style can capitalize, such as the options of a menu. Names are in lowercase because sentences contain them. */
export function capitalized(name: string, locale: string): string {
    const [first = ''] = name;
    return first.toLocaleUpperCase(locale) + name.slice(first.length);
}
