import {useState} from 'react';
import {FormattedMessage} from 'react-intl';

import {copyText} from './copy_text';

/** Copies a text and says that it has. */
export function CopyButton({text, children}: {text: string; children: React.ReactNode}) {
    const [isCopied, setIsCopied] = useState<boolean | null>(null);
    const copy = async () => {
        setIsCopied(null);
        setIsCopied(await copyText(text));
    };
    return (
        <div className='EntraSync__copy'>
            <button type='button' className='btn btn-tertiary btn-sm' onClick={copy}>{children}</button>
            <span role='status' className='EntraSync__quiet'>
                {isCopied !== null && <FormattedMessage id={isCopied ? 'entrasync.connection.copied' : 'entrasync.connection.not_copied'}/>}
            </span>
        </div>
    );
}
