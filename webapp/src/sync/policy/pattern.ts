import {RE2JS, type RE2JSSyntaxException} from 're2js';

/** Why a pattern cannot be used. `position` counts UTF-16 units from 1; one past the end where something is missing there. */
interface PatternFault {
    position: number;
    detail: string;
}

/** Compiles a pattern in RE2's syntax, which matches in time linear in the text. Throws for one that `patternFault` refuses. */
export function compilePattern(pattern: string, isCaseSensitive: boolean): RE2JS {
    return RE2JS.compile(pattern, isCaseSensitive ? 0 : RE2JS.CASE_INSENSITIVE);
}

/** What is wrong with `pattern`, or null. */
export function patternFault(pattern: string): PatternFault | null {
    const error = errorOf(pattern);
    return error && {position: positionOf(pattern, error), detail: error.error};
}

/** The same as the message of a validator, '' for a pattern that can be used. */
export function patternMessage(pattern: string): string {
    const fault = patternFault(pattern);
    return fault ? `Invalid pattern at character ${fault.position}: ${fault.detail}` : '';
}

function errorOf(pattern: string): RE2JSSyntaxException | null {
    try {
        RE2JS.compile(pattern);
        return null;
    } catch (error) {
        if ((error as Error).name !== 'RE2JSSyntaxException') {
            throw error;
        }
        return error as RE2JSSyntaxException;
    }
}

/**
 * The parser reports the part at fault without its position: it is the first place where the pattern, cut off after
 * that part, has the same fault. For a parenthesis the parser reports the whole pattern.
 */
function positionOf(pattern: string, {error, input}: RE2JSSyntaxException): number {
    const part = error === 'unexpected )' ? ')' : input ?? '';
    if (part === '' || error === 'missing closing )') {
        return pattern.length + 1;
    }
    for (let at = pattern.indexOf(part); at !== -1; at = pattern.indexOf(part, at + 1)) {
        if (errorOf(pattern.slice(0, at + part.length))?.error === error) {
            return at + 1;
        }
    }
    return 1;
}
