import type {ClipboardEvent} from 'react';
import {useIntl} from 'react-intl';

import {keepForm} from '../common/keep_form';

interface Props {
    name: string;

    /** Counts from 1. */
    number: number;
    isInvalid: boolean;
    onChange(name: string): void;
    onPaste(event: ClipboardEvent): void;
    onRemove(): void;
}

/** One name of the allow-list. */
export function AllowListRow({name, number, isInvalid, onChange, onPaste, onRemove}: Props) {
    const intl = useIntl();
    return (
        <li>
            <input
                type='text'
                className='form-control'
                dir='auto'
                aria-label={intl.formatMessage({id: 'entrasync.allow.name'}, {number})}
                aria-invalid={isInvalid}
                value={name}
                onChange={(event) => onChange(event.target.value)}
                onKeyDown={keepForm}
                onPaste={onPaste}
            />
            <button type='button' className='btn btn-tertiary btn-sm' onClick={onRemove} aria-label={intl.formatMessage({id: 'entrasync.allow.remove_name'}, {name})}>
                {intl.formatMessage({id: 'entrasync.allow.remove'})}
            </button>
        </li>
    );
}

