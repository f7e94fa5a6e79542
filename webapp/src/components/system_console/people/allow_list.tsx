import {useId, useRef, type ClipboardEvent} from 'react';
import {FormattedMessage} from 'react-intl';

import type {Fault} from '../../../sync/errors';

import {AllowListEntry} from './allow_list_entry';
import {AllowListRow} from './allow_list_row';
import {linesOf, withNames} from './allow_list_names';

interface Props {
    names: string[];

    /** Faults of the whole policy; those of a name are marked at its row. */
    faults: Fault[];
    isDisabled: boolean;
    onChange(names: string[]): void;
}

/** The allow-list, one name a row. Several lines pasted anywhere become rows of their own. */
export function AllowList({names, faults, isDisabled, onChange}: Props) {
    const titleId = useId();
    const list = useRef<HTMLFieldSetElement>(null);

    const paste = (event: ClipboardEvent, index: number) => {
        const lines = linesOf(event.clipboardData.getData('text'));
        if (lines.length > 1) {
            event.preventDefault();
            onChange(withNames(names, lines, index));
        }
    };
    const remove = (index: number) => {
        onChange(names.filter((_, other) => other !== index));
        // The focus would go with the row: it stays on the row that moves up, or goes to the entry below the last one.
        const inputs = list.current?.querySelectorAll<HTMLInputElement>('input');
        inputs?.[index < names.length - 1 ? index : names.length]?.focus();
    };
    return (
        <fieldset className='EntraSync__allowList' ref={list} disabled={isDisabled} aria-labelledby={titleId}>
            <p id={titleId} className='EntraSync__label'><FormattedMessage id='entrasync.allow.title'/></p>
            <p className='help-text'><FormattedMessage id='entrasync.allow.help'/></p>
            {names.length === 0 && <p><strong><FormattedMessage id='entrasync.allow.empty'/></strong></p>}
            <ul>
                {names.map((name, index) => (
                    <AllowListRow
                        key={index}
                        name={name}
                        number={index + 1}
                        isInvalid={faults.some((fault) => fault.path === `Policy.scope.allow.display_name_contains[${index}]`)}
                        onChange={(changed) => onChange(names.map((old, other) => (other === index ? changed : old)))}
                        onPaste={(event) => paste(event, index)}
                        onRemove={() => remove(index)}
                    />
                ))}
            </ul>
            <AllowListEntry onAdd={(name) => onChange(withNames(names, [name], names.length))} onPaste={(event) => paste(event, names.length)}/>
        </fieldset>
    );
}
