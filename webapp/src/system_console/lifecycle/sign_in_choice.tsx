import {FormattedMessage, useIntl} from 'react-intl';

import {signInMethods, signInServices, type SignInMethod, type SignInService} from '../../sync/lists';

import {Notice} from '../widgets/notice';

import type {SignIn} from './sign_in';
import {useElementId} from '../widgets/use_element_id';

interface Props extends SignIn {
    isDisabled: boolean;
    onChange(change: Partial<SignIn>): void;
}

/** How users sign in to accounts that the sync creates. */
export function SignInChoice({method, service, isDisabled, onChange}: Props) {
    const intl = useIntl();
    const methodId = useElementId();
    const serviceId = useElementId();
    return (
        <div className='EntraSync__signIn'>
            <label htmlFor={methodId}><FormattedMessage id='entrasync.sign_in.method'/></label>
            <select id={methodId} className='form-control' value={method} disabled={isDisabled} onChange={(event) => onChange({method: event.target.value as SignInMethod})}>
                {signInMethods.map((option) => <option key={option} value={option}>{intl.formatMessage({id: `entrasync.sign_in.${option}`})}</option>)}
            </select>
            {method === 'single_sign_on' && (
                <>
                    <label htmlFor={serviceId}><FormattedMessage id='entrasync.sign_in.service'/></label>
                    <select id={serviceId} className='form-control' value={service} disabled={isDisabled} onChange={(event) => onChange({service: event.target.value as SignInService})}>
                        {signInServices.map((option) => <option key={option} value={option}>{intl.formatMessage({id: `entrasync.sign_in.${option}`})}</option>)}
                    </select>
                </>
            )}
            {method === 'initial_password' && (
                <Notice kind='warning' title={<FormattedMessage id='entrasync.sign_in.initial_password_warning'/>}/>
            )}
            <p className='help-text'><FormattedMessage id={`entrasync.sign_in.${method}_help`}/></p>
        </div>
    );
}
