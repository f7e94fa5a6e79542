import type {Fault} from '../errors';
import type {AccountsPolicy} from '../policy/accounts';
import type {ServerRules, SignInService} from '../types';

/** Why users could not sign in to new accounts. An unlicensed service works again once the license does, so its accounts are created. */
type Problem = 'password_off' | 'off' | 'incomplete' | 'unlicensed';

/** Where the policy says how new accounts sign in. */
const PATH = 'Policy.accounts.sign_in';

/** The names of the services, the same in every language. */
const NAMES: Record<SignInService, string> = {office365: 'Entra ID (Office 365)', openid: 'OpenID Connect', saml: 'SAML', gitlab: 'GitLab'};

/** What is wrong on the server with the sign-in method of new accounts, or null. */
export function signInFault(sign_in: AccountsPolicy['sign_in'], rules: ServerRules): Fault | null {
    const problem = problemOf(sign_in, rules);
    const service = sign_in.method === 'single_sign_on' ? NAMES[sign_in.service] : '';
    return problem && {code: 'sign_in_unavailable', path: PATH, params: {problem, service}};
}

/** Whether no user could sign in to a new account. */
export function isSignInOff(sign_in: AccountsPolicy['sign_in'], rules: ServerRules): boolean {
    return ![null, 'unlicensed'].includes(problemOf(sign_in, rules));
}

function problemOf(sign_in: AccountsPolicy['sign_in'], {password_sign_in, single_sign_on}: ServerRules): Problem | null {
    if (sign_in.method !== 'single_sign_on') {
        return password_sign_in ? null : 'password_off';
    }
    const {is_enabled, is_complete, is_licensed} = single_sign_on[sign_in.service];
    if (!is_enabled) {
        return 'off';
    }
    return is_complete ? is_licensed ? null : 'unlicensed' : 'incomplete';
}
