import {errorCodes, type DescribedFault, type ErrorCode, type Fault} from '../errors';
import {isSettingKey} from '../settings/keys';

import type {ErrorKey} from './keys';
import {isMessageKey, type Locale, localeOf, type Params, translate} from './translate';

function isErrorCode(code: unknown): code is ErrorCode {
    return (errorCodes as readonly unknown[]).includes(code);
}

/** What the sentences may name besides the fault's own params: the setting or key at fault, and the response of the remote system. */
function paramsOf(fault: Fault, locale: Locale): Params {
    const path = fault.path ?? '';
    const [root = ''] = path.split('.');
    const field = `field.${fault.params?.field}`;
    return {
        path: path || undefined,
        detail: fault.raw?.message,
        ...fault.params,
        settings: settingNames(fault.params?.setting_keys, locale),
        setting: isSettingKey(root) ? translate(locale, `setting.${root}`) : path,
        ...(isMessageKey(field) ? {field: translate(locale, field)} : {}),
    };
}

/** The names of several settings; a fault has their keys with spaces in between. */
function settingNames(keys: unknown, locale: Locale): string | undefined {
    return typeof keys === 'string' ? keys.split(' ').filter(isSettingKey).map((key) => translate(locale, `setting.${key}`)).join(', ') : undefined;
}

/** `error.<code>.message`, or that of the variant named in `params.problem`. */
function keyOf(fault: Fault, part: 'message' | 'hint'): ErrorKey {
    const variant = `error.${fault.code}.${fault.params?.problem}.${part}`;
    return isMessageKey(variant) ? variant as ErrorKey : `error.${fault.code}.${part}`;
}

/**
 * The fault with its message (what happened) and hint (what to do), as plain text in the language of `locale`. A code that this
 * version does not know, for example in an old history, reads as `internal` and stays visible as raw code.
 */
export function describeFault(fault: Fault, locale: Locale): DescribedFault {
    const known: Fault = isErrorCode(fault.code) ? fault : {...fault, code: 'internal', raw: {code: String(fault.code), ...fault.raw}};
    const params = paramsOf(known, locale);
    return {
        ...known,
        message: translate(locale, keyOf(known, 'message'), params),
        hint: translate(locale, keyOf(known, 'hint'), params),
    };
}

/** The bundle's function `describe`: any locale that is not Korean gets English. */
export function describe(input: {locale: string; faults: Fault[]}): {faults: DescribedFault[]} {
    const locale = localeOf(input.locale);
    return {faults: input.faults.map((fault) => describeFault(fault, locale))};
}
