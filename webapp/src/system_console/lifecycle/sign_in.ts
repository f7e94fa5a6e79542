import {signInMethods, signInServices, type SignInMethod, type SignInService} from '../../sync/lists';
import {isObject} from '../policy/policy_document';

/** How users sign in to new accounts. Only single sign-on has a service. */
export interface SignIn {
    method: SignInMethod;
    service: SignInService;
}

/** Whether a part of the policy is a sign-in method that the form can show. */
export function isSignIn(value: unknown): value is Pick<SignIn, 'method'> & Partial<SignIn> {
    return isObject(value) && (signInMethods as readonly unknown[]).includes(value.method) &&
        (value.method === 'single_sign_on' ? (signInServices as readonly unknown[]).includes(value.service) : value.service === undefined);
}
