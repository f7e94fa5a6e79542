import {useState} from 'react';
import {FormattedMessage} from 'react-intl';

import {useElementId} from '../widgets/use_element_id';

interface Props {

    /** The text when the editor opens. After that the editor owns it, so that it is never reformatted during typing. */
    initialText: string;
    isDisabled: boolean;
    hasFaults: boolean;
    onChange(text: string): void;
}

/** The policy as JSON text. */
export function PolicyText({initialText, isDisabled, hasFaults, onChange}: Props) {
    const id = useElementId();
    const [text, setText] = useState(initialText);
    return (
        <div>
            <label htmlFor={id}><FormattedMessage id='entrasync.policy.text'/></label>
            <textarea
                id={id}
                className='form-control EntraSync__text'
                rows={14}
                spellCheck={false}
                value={text}
                disabled={isDisabled}
                aria-invalid={hasFaults}
                onChange={(event) => {
                    setText(event.target.value);
                    onChange(event.target.value);
                }}
            />
        </div>
    );
}
