import type {EditorProps} from '../policy/editors';
import {partOf, withPart, type PolicyDocument} from '../policy/policy_document';

import {SignInChoice, type SignIn} from './sign_in_choice';

const signInPath = ['accounts', 'sign_in'];

/** How accounts live: how people sign in to them. */
export default function RulesEditor({document, isDisabled, onChange}: EditorProps) {
    const signIn = (partOf(document, signInPath) ?? {}) as Partial<SignIn>;
    const change = (changed: Partial<SignIn>) => onChange(withPart(document, signInPath, signInOf({...signIn, ...changed})));
    return <SignInChoice method={signIn.method ?? 'random_password'} service={signIn.service ?? 'office365'} isDisabled={isDisabled} onChange={change}/>;
}

/** Only single sign-on has a service. */
function signInOf({method, service}: Partial<SignIn>): PolicyDocument {
    return method === 'single_sign_on' ? {method, service: service ?? 'office365'} : {method};
}
