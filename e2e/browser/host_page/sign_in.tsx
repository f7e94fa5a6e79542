import {useId, useState, type FormEvent} from 'react';

import {client} from './server';
import {Text} from './text';

/** For manual use. Tests already have a session. */
export function SignIn({onSignedIn}: {onSignedIn(): void}) {
    const nameId = useId();
    const passwordId = useId();
    const [fault, setFault] = useState('');
    const submit = async (event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        const entered = new FormData(event.currentTarget);
        try {
            await client.login(String(entered.get('name')), String(entered.get('password')));
            onSignedIn();
        } catch (error) {
            setFault((error as Error).message);
        }
    };
    return (
        <form className='sign-in' onSubmit={submit}>
            <label htmlFor={nameId}><Text id='host.username'/></label>
            <input id={nameId} name='name' className='form-control' autoComplete='username'/>
            <label htmlFor={passwordId}><Text id='host.password'/></label>
            <input id={passwordId} name='password' type='password' className='form-control' autoComplete='current-password'/>
            <button type='submit' className='btn btn-primary'><Text id='host.sign_in'/></button>
            <div className='error-message' role='alert'>{fault}</div>
        </form>
    );
}
