import {useState, type FormEvent} from 'react';

import {client} from './server';
import {Text} from './text';

/** For manual use. Tests already have a session. */
export function SignIn({onSignedIn}: {onSignedIn(): void}) {
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
            <label htmlFor='loginId'><Text id='host.username'/></label>
            <input id='loginId' name='name' className='form-control' autoComplete='username'/>
            <label htmlFor='loginPassword'><Text id='host.password'/></label>
            <input id='loginPassword' name='password' type='password' className='form-control' autoComplete='current-password'/>
            <button type='submit' className='btn btn-primary'><Text id='host.sign_in'/></button>
            <div className='error-message' role='alert'>{fault}</div>
        </form>
    );
}
