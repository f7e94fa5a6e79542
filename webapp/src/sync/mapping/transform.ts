import {MAX_VALUE, type Step} from '../policy/mapping';
import {compilePattern} from '../policy/pattern';

import {transliterateToAscii} from './ascii';
import {cutText} from './text';

type Transform = (text: string) => string;

// Regular expressions are outside of functions: inside, goja would make a new one for each call.
const ACCENTS = /[\u0300-\u036f]/g;

/** Makes one function of the steps, in their order. What became empty stays empty. */
export function compileSteps(steps: readonly Step[]): Transform {
    const transforms = steps.map(compileStep);
    return (text) => {
        let value = text;
        for (let at = 0; at < transforms.length && value !== ''; at++) {

            // Replacing may lengthen a text at each step: without a bound, twenty short steps fill the memory.
            value = cutText(transforms[at]!(value), MAX_VALUE);
        }
        return value;
    };
}

function compileStep(step: Step): Transform {
    switch (step.step) {
    case 'match':
        return compileMatch(step);
    case 'replace':
        return (text) => text.split(step.text).join(step.with);
    case 'replace_pattern':
        return compileReplacePattern(step);
    case 'lower':
        return (text) => text.toLowerCase();
    case 'upper':
        return (text) => text.toUpperCase();
    case 'trim':
        return (text) => text.trim();
    case 'strip_accents':
        return stripAccents;
    case 'transliterate':
        return transliterateToAscii;
    case 'truncate':
        return (text) => cutText(text, step.length).trimEnd();
    }
}

function compileMatch({pattern, group, otherwise}: Extract<Step, {step: 'match'}>): Transform {
    const compiled = compilePattern(pattern, true);
    const kept = group ?? Math.min(1, compiled.groupCount());
    return (text) => {
        const matcher = compiled.matcher(text);
        if (!matcher.find()) {
            return otherwise === 'keep' ? text : '';
        }
        return matcher.group(kept) ?? '';
    };
}

function compileReplacePattern({pattern, with: replacement}: Extract<Step, {step: 'replace_pattern'}>): Transform {
    const compiled = compilePattern(pattern, true);
    return (text) => compiled.matcher(text).replaceAll(replacement);
}

/** Letters without accents. Decomposed and composed again, Korean syllables stay the same. */
function stripAccents(text: string): string {
    return text.normalize('NFD').replace(ACCENTS, '').normalize('NFC');
}
