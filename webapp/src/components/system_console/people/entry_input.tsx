import {useState, type ClipboardEvent, type KeyboardEvent} from 'react';
import {FormattedMessage} from 'react-intl';

interface Props {
    label: string;
    onAdd(entry: string): void;
    onPaste(event: ClipboardEvent): void;
}

/** Where a further entry is typed. It joins the list with Enter, with the button, or when the focus leaves, so that nothing typed is lost at saving. */
export function EntryInput({label, onAdd, onPaste}: Props) {
    const [entry, setEntry] = useState('');
    const add = () => {
        if (entry.trim() !== '') {
            onAdd(entry);
            setEntry('');
        }
    };
    const onKeyDown = (event: KeyboardEvent) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            event.preventDefault();
            add();
        }
    };
    return (
        <div className='EntraSync__row'>
            <input
                type='text'
                className='form-control'
                dir='auto'
                aria-label={label}
                placeholder={label}
                value={entry}
                onChange={(event) => setEntry(event.target.value)}
                onBlur={add}
                onKeyDown={onKeyDown}
                onPaste={onPaste}
            />
            <button type='button' className='btn btn-tertiary btn-sm' onClick={add}><FormattedMessage id='entrasync.allow.add'/></button>
        </div>
    );
}
