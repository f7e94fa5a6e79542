import {useId, type ReactNode} from 'react';
import {FormattedMessage} from 'react-intl';

import type {Fault} from '../../sync/errors';

import {AllowList} from './allow_list';
import {Notice} from './notice';
import type {PolicyForm as Form} from './policy_document';
import {SignInChoice} from './sign_in_choice';

interface Props {
    form: Form;
    faults: Fault[];
    isDisabled: boolean;
    onChange(change: Partial<Form>): void;
}

/** The parts of the policy that most administrators set. */
export function PolicyForm({form, faults, isDisabled, onChange}: Props) {
    return (
        <>
            <Switch
                label={<FormattedMessage id='entrasync.policy.everyone'/>}
                isOn={form.everyone}
                isDisabled={isDisabled}
                onChange={(everyone) => onChange({everyone})}
            />
            {form.everyone ? (
                <Notice kind='warning' title={<FormattedMessage id='entrasync.policy.everyone_warning'/>}>
                    <p><FormattedMessage id='entrasync.policy.everyone_hint'/></p>
                </Notice>
            ) : (
                <AllowList names={form.names} faults={faults} isDisabled={isDisabled} onChange={(names) => onChange({names})}/>
            )}
            <Switch
                label={<FormattedMessage id='entrasync.policy.guests'/>}
                isOn={form.guests}
                isDisabled={isDisabled}
                onChange={(guests) => onChange({guests})}
            />
            <SignInChoice method={form.method} service={form.service} isDisabled={isDisabled} onChange={onChange}/>
        </>
    );
}

function Switch({label, isOn, isDisabled, onChange}: {label: ReactNode; isOn: boolean; isDisabled: boolean; onChange(isOn: boolean): void}) {
    const id = useId();
    return (
        <div className='EntraSync__switch'>
            <input id={id} type='checkbox' role='switch' checked={isOn} disabled={isDisabled} onChange={(event) => onChange(event.target.checked)}/>
            <label htmlFor={id}>{label}</label>
        </div>
    );
}
