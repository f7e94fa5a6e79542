import {useState, type ClipboardEvent, type KeyboardEvent} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

interface Props {
    onAdd(name: string): void;
    onPaste(event: ClipboardEvent): void;
}

/** Where a further name is typed. It joins the list with Enter, with the button, or when the focus leaves, so that nothing typed is lost at saving. */
export function AllowListEntry({onAdd, onPaste}: Props) {
    const intl = useIntl();
    const [name, setName] = useState('');
    const add = () => {
        if (name.trim() !== '') {
            onAdd(name);
            setName('');
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
                aria-label={intl.formatMessage({id: 'entrasync.allow.new_name'})}
                placeholder={intl.formatMessage({id: 'entrasync.allow.new_name'})}
                value={name}
                onChange={(event) => setName(event.target.value)}
                onBlur={add}
                onKeyDown={onKeyDown}
                onPaste={onPaste}
            />
            <button type='button' className='btn btn-tertiary btn-sm' onClick={add}><FormattedMessage id='entrasync.allow.add'/></button>
        </div>
    );
}
