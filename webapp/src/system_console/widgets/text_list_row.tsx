import type {ClipboardEvent, ReactNode} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {ignoreEnter} from './ignore_enter';
import {useElementId} from './use_element_id';
import './lists.css';

interface Props {
    text: string;
    label: string;

    /** The id of a `datalist`. */
    suggestionsId?: string | undefined;

    /** What is wrong with the text, or null. */
    fault: ReactNode;
    onChange(text: string): void;
    onPaste(event: ClipboardEvent): void;

    /** Undefined where the text has to stay. */
    onRemove?: (() => void) | undefined;

    /** Further buttons. */
    children?: ReactNode;
}

/** One text of a list, in a `fieldset` that says whether it can be changed. */
export function TextListRow({text, label, suggestionsId, fault, onChange, onPaste, onRemove, children}: Props) {
    const intl = useIntl();
    const faultId = useElementId();
    const isInvalid = fault !== null;
    return (
        <li>
            <div className='EntraSync__entry'>
                <input
                    type='text'
                    className='form-control'
                    dir='auto'
                    list={suggestionsId}
                    aria-label={label}
                    aria-invalid={isInvalid}
                    aria-describedby={isInvalid ? faultId : undefined}
                    value={text}
                    onChange={(event) => onChange(event.target.value)}
                    onKeyDown={ignoreEnter}
                    onPaste={onPaste}
                />
                {children}
                {onRemove && (
                    <button type='button' className='btn btn-tertiary btn-sm' aria-label={intl.formatMessage({id: 'entrasync.list.remove_item'}, {name: text})} onClick={onRemove}>
                        <FormattedMessage id='entrasync.list.remove'/>
                    </button>
                )}
            </div>
            {isInvalid && <div id={faultId} className='EntraSync__fault'>{fault}</div>}
        </li>
    );
}
