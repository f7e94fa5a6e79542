import {RE2JS} from 're2js';
import * as v from 'valibot';

/** Characters. Enough for any name; it bounds the time that a pattern takes to compile and to run. */
const MAX_PATTERN = 256;

/** What the library's syntax errors tell besides their message. */
interface SyntaxFault {
    getDescription?: () => string;
    getPattern?: () => string | null;
    message: string;
}

/** A pattern as administrators write it (syntax of RE2): matching takes time in proportion to the text, whatever the pattern is. */
export const patternSchema = v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(MAX_PATTERN),
    v.check((pattern) => patternFault(pattern) === '', ({input}) => patternFault(input)),
);

/** Compiles a pattern that `patternSchema` let through. */
export function compilePattern(pattern: string): RE2JS {
    return RE2JS.compile(pattern);
}

/** How many groups a valid pattern captures; 0 for one that is not valid. */
export function countGroups(pattern: string): number {
    return patternFault(pattern) === '' ? RE2JS.compile(pattern).groupCount() : 0;
}

/** What is wrong with the pattern and where, counted in characters from 1; '' when it is valid. */
function patternFault(pattern: string): string {
    try {
        RE2JS.compile(pattern);
        return '';
    } catch (thrown) {
        const fault = thrown as SyntaxFault;
        const part = fault.getPattern?.() ?? '';
        const at = pattern.indexOf(part);
        const place = part === '' || at < 0 ? '' : ` at character ${Array.from(pattern.slice(0, at)).length + 1}: ${part}`;
        return `Invalid pattern: ${fault.getDescription?.() ?? fault.message}${place}`;
    }
}
