import type {ReactNode} from 'react';

import {useEditor} from '../policy/editor_context';
import {FaultsAt} from '../policy/faults_at';
import {ignoreEnter} from '../widgets/ignore_enter';
import {useElementId} from '../widgets/use_element_id';

interface Props {
    label: ReactNode;
    value: string;
    path: string;

    /** The element with suggestions. */
    list?: string;

    /** What to say of a text in the wrong form, and of one that is empty or too long. */
    form?: string;
    length?: string;

    /** What else is wrong with the text, although the policy can have it. */
    complaint?: ReactNode;
    help?: ReactNode;
    isCode?: boolean;
    onChange(value: string): void;
}

/** A text of a rule. */
export function TextField({label, value, path, list, form, length, complaint = null, help, isCode = false, onChange}: Props) {
    const id = useElementId();
    const {faults, isDisabled} = useEditor();
    const hasComplaint = complaint !== null && !faults.has(path);
    return (
        <div className='EntraSync__field'>
            <label htmlFor={id}>{label}</label>
            <input
                id={id}
                type='text'
                className={isCode ? 'form-control EntraSync__text' : 'form-control'}
                dir={isCode ? 'ltr' : 'auto'}
                list={list}
                autoComplete='off'
                spellCheck={false}
                disabled={isDisabled}
                value={value}
                aria-invalid={faults.has(path) || hasComplaint}
                aria-describedby={[`${id}-faults`, ...(hasComplaint ? [`${id}-complaint`] : []), ...(help ? [`${id}-help`] : [])].join(' ')}
                onChange={(event) => onChange(event.target.value)}
                onKeyDown={ignoreEnter}
            />
            <FaultsAt faults={faults} path={path} id={`${id}-faults`} {...(form && {form})} {...(length && {length})}/>
            {hasComplaint && <div id={`${id}-complaint`} className='EntraSync__fault'>{complaint}</div>}
            {help && <p id={`${id}-help`} className='help-text'>{help}</p>}
        </div>
    );
}
