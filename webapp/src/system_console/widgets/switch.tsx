import type {ReactNode} from 'react';

import {ignoreEnter} from './ignore_enter';
import {useElementId} from './use_element_id';

interface Props {

    /** Of the control, where others refer to it. */
    id?: string;

    /** The ids of what explains it. */
    describedBy?: string;
    label: ReactNode;
    isOn: boolean;
    isDisabled: boolean;
    onChange(isOn: boolean): void;
}

/** A setting that is on or off. */
export function Switch({id: givenId, describedBy, label, isOn, isDisabled, onChange}: Props) {
    const ownId = useElementId();
    const id = givenId ?? ownId;
    return (
        <div className='EntraSync__switch'>
            <input
                id={id}
                type='checkbox'
                role='switch'
                checked={isOn}
                disabled={isDisabled}
                aria-describedby={describedBy}
                onChange={(event) => onChange(event.target.checked)}
                onKeyDown={ignoreEnter}
            />
            <label htmlFor={id}>{label}</label>
        </div>
    );
}
