import type {ReactNode} from 'react';

import {useEditor} from '../policy/editor_context';
import {FaultsAt} from '../policy/faults_at';
import {UnlistedOption} from '../policy/unlisted_option';
import {useElementId} from '../widgets/use_element_id';

interface Props<T extends string> {
    label: ReactNode;
    value: string;
    options: ReadonlyArray<{value: T; name: string}>;

    /** Of what is selected in the policy. */
    path: string;

    /** What follows from the selected value. */
    help?: ReactNode;

    /** What to say of a fault that has no words of its own. */
    form?: string;
    isSmall?: boolean;
    onChange(value: T): void;
}

/** One of a few ways, for a part of a rule. */
export function Choice<T extends string>({label, value, options, path, help, form, isSmall = false, onChange}: Props<T>) {
    const id = useElementId();
    const {faults, isDisabled} = useEditor();
    return (
        <div className={isSmall ? 'EntraSync__field EntraSync__field--small' : 'EntraSync__field'}>
            <label htmlFor={id}>{label}</label>
            <select
                id={id}
                className='form-control'
                disabled={isDisabled}
                value={value}
                aria-invalid={faults.has(path)}
                aria-describedby={help ? `${id}-faults ${id}-help` : `${id}-faults`}
                onChange={(event) => onChange(event.target.value as T)}
            >
                <UnlistedOption value={value} known={options.map((option) => option.value)}/>
                {options.map((option) => <option key={option.value} value={option.value}>{option.name}</option>)}
            </select>
            <FaultsAt faults={faults} path={path} id={`${id}-faults`} {...(form && {form})}/>
            {help && <p id={`${id}-help`} className='help-text'>{help}</p>}
        </div>
    );
}
