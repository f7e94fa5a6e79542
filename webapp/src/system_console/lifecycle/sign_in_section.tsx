import type {AccountsPolicy} from '../../sync/policy/accounts';
import {UnfitPart} from '../widgets/unfit_part';

import {ReservedUsernames} from './reserved_usernames';
import {Section} from './section';
import {settingAt, type SettingProps} from '../policy/settings/settings';
import {isSignIn, type SignIn} from './sign_in';
import {SignInChoice} from './sign_in_choice';
import {SignInWarning} from './sign_in_warning';

const signInPath = ['accounts', 'sign_in'];

/** How users sign in to accounts that the sync creates, and which usernames these do not get. */
export function SignInSection(props: SettingProps) {
    const {value} = settingAt(props, signInPath);
    return (
        <Section name='sign_in' notice={isSignIn(value) && <SignInWarning signIn={signInOf(value)}/>} {...props}>
            <Method {...props}/>
            <ReservedUsernames {...props}/>
        </Section>
    );
}

function Method(props: SettingProps) {
    const {faultPath, value, set, reset} = settingAt(props, signInPath);
    if (!isSignIn(value)) {
        return <UnfitPart path={faultPath} isDisabled={props.isDisabled} onReset={reset}/>;
    }
    return (
        <>
            <SignInChoice
                method={value.method}
                service={value.service ?? 'office365'}
                isDisabled={props.isDisabled}
                onChange={(change) => set(signInOf({...value, ...change}))}
            />
            <SignInWarning signIn={signInOf(value)}/>
        </>
    );
}

/** Only single sign-on has a service. */
function signInOf({method, service = 'office365'}: Pick<SignIn, 'method'> & Partial<SignIn>): AccountsPolicy['sign_in'] {
    return method === 'single_sign_on' ? {method, service} : {method};
}
