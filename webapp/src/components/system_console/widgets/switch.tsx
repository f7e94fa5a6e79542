import {useId, type ReactNode} from 'react';

import {keepForm} from './keep_form';

interface Props {
    label: ReactNode;
    isOn: boolean;
    isDisabled: boolean;
    onChange(isOn: boolean): void;
}

/** A setting that is on or off. */
export function Switch({label, isOn, isDisabled, onChange}: Props) {
    const id = useId();
    return (
        <div className='EntraSync__switch'>
            <input
                id={id}
                type='checkbox'
                role='switch'
                checked={isOn}
                disabled={isDisabled}
                onChange={(event) => onChange(event.target.checked)}
                onKeyDown={keepForm}
            />
            <label htmlFor={id}>{label}</label>
        </div>
    );
}
