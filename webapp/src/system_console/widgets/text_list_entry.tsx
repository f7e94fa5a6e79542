import {useState, type ClipboardEvent, type KeyboardEvent} from 'react';
import {FormattedMessage} from 'react-intl';

import './lists.css';

interface Props {
    label: string;

    /** The id of a `datalist`. */
    suggestionsId?: string | undefined;

    /** Half a text would do harm: only Enter and the button add it. */
    isDeliberate?: boolean;
    onAdd(text: string): void;
    onPaste?(event: ClipboardEvent): void;
}

/** Where a further text of a list is typed. It joins the list with Enter, with the button, or, if not `isDeliberate`, when the focus leaves, so that nothing typed is lost at saving. */
export function TextListEntry({label, suggestionsId, isDeliberate = false, onAdd, onPaste}: Props) {
    const [text, setText] = useState('');
    const add = () => {
        if (text.trim() !== '') {
            onAdd(text.trim());
            setText('');
        }
    };
    const onKeyDown = (event: KeyboardEvent) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            event.preventDefault();
            add();
        }
    };
    return (
        <div className='EntraSync__entry'>
            <input
                type='text'
                className='form-control'
                dir='auto'
                list={suggestionsId}
                aria-label={label}
                placeholder={label}
                value={text}
                onChange={(event) => setText(event.target.value)}
                onBlur={isDeliberate ? undefined : add}
                onKeyDown={onKeyDown}
                onPaste={onPaste}
            />
            <button type='button' className='btn btn-tertiary btn-sm' onClick={add}><FormattedMessage id='entrasync.list.add'/></button>
        </div>
    );
}
