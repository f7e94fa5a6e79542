import {useState} from 'react';
import {FormattedMessage} from 'react-intl';

import {useElementId} from '../widgets/use_element_id';

interface Props {

    /** The text at the time when the editor opens; afterwards the editor has the say, so that it never reformats under the hands. */
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
