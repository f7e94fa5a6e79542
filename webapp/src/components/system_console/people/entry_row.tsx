import {useId, type ClipboardEvent} from 'react';
import {useIntl} from 'react-intl';

import {keepForm} from '../common/keep_form';

import {useEditor} from './editor_context';
import {FaultsAt} from './faults_at';
import type {rowWords} from './list_words';

interface Props {
    entry: string;

    /** Counts from 1. */
    number: number;
    words: typeof rowWords[keyof typeof rowWords];
    path: string;
    onChange(entry: string): void;
    onPaste(event: ClipboardEvent): void;
    onRemove(): void;
}

/** One entry of a list. */
export function EntryRow({entry, number, words, path, onChange, onPaste, onRemove}: Props) {
    const intl = useIntl();
    const faultId = useId();
    const {faults} = useEditor();
    const isInvalid = faults.has(path);
    return (
        <li>
            <div className='EntraSync__row'>
                <input
                    type='text'
                    className='form-control'
                    dir='auto'
                    aria-label={intl.formatMessage({id: words.entry}, {number})}
                    aria-invalid={isInvalid}
                    aria-describedby={isInvalid ? faultId : undefined}
                    value={entry}
                    onChange={(event) => onChange(event.target.value)}
                    onKeyDown={keepForm}
                    onPaste={onPaste}
                />
                <button
                    type='button'
                    className='btn btn-tertiary btn-sm'
                    onClick={onRemove}
                    aria-label={intl.formatMessage({id: 'entrasync.allow.remove_name'}, {name: entry})}
                >
                    {intl.formatMessage({id: 'entrasync.allow.remove'})}
                </button>
            </div>
            <FaultsAt faults={faults} path={path} id={faultId} form={intl.formatMessage({id: words.form})}/>
        </li>
    );
}
