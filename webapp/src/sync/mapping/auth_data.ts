import type {Policy} from '../policy/policy';
import {attributesOfSource} from '../policy/source';

import {utf8Length} from './text';

/** Mattermost's limit, in bytes of UTF-8 (server/public/model/user.go). */
const MAX_BYTES = 128;

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * Why a text cannot be what signs in to an account; `undefined` for one that can. It is never cut or cleaned: the rest could be
 * another user's.
 */
export function authDataFault(text: string): 'no_auth_data' | 'invalid_auth_data' | undefined {
    if (text === '') {
        return 'no_auth_data';
    }
    return utf8Length(text) > MAX_BYTES || CONTROL.test(text) ? 'invalid_auth_data' : undefined;
}

/** Attributes that stay the same as long as the user exists. */
const LASTING: readonly string[] = ['id', 'employeeId', 'onPremisesImmutableId', 'onPremisesSecurityIdentifier', 'securityIdentifier'];

/** Which attributes of these sources can change in the directory, so that accounts must follow the sign-in data that is made of them. */
export function changingAttributes(sources: readonly string[]): string[] {
    return [...new Set(sources.flatMap(attributesOfSource))].filter((attribute) => !LASTING.includes(attribute));
}

/** What the policy's sign-in data is made of and does not follow; empty if it follows, cannot change, or is not used. */
export function unfollowedAttributes({accounts: {sign_in}, mapping: {auth_data}}: Pick<Policy, 'accounts' | 'mapping'>): string[] {
    return sign_in.method !== 'single_sign_on' || !auth_data || auth_data.when === 'always' ? [] : changingAttributes(auth_data.sources);
}
