import {useRef, type ClipboardEvent, type ReactNode} from 'react';
import {useIntl} from 'react-intl';

import {takePastedLines, withLines} from './lines';
import './lists.css';
import {moved, OrderButtons} from './order_buttons';
import {TextListEntry} from './text_list_entry';
import {TextListRow} from './text_list_row';
import {useElementId} from './use_element_id';

interface Props {
    items: readonly string[];
    label: ReactNode;
    help?: ReactNode;

    /** The label of the box for a further text. */
    addLabel: string;

    /** Whether the order says something, and can be changed. */
    isOrdered?: boolean;

    /** Texts to choose from; others can be typed all the same. */
    suggestions?: readonly string[];

    /** How many texts have to stay. */
    min?: number;
    max: number;

    /** What is wrong with a text, or null. */
    faultOf(index: number): ReactNode;
    isDisabled: boolean;
    onChange(items: string[]): void;
}

/** A list of short texts, one a row. Several lines pasted anywhere become rows of their own. */
export function TextList({items, label, help, addLabel, isOrdered = false, suggestions = [], min = 0, max, faultOf, isDisabled, onChange}: Props) {
    const intl = useIntl();
    const id = useElementId();
    const suggestionsId = suggestions.length > 0 ? `${id}-suggestions` : undefined;
    const list = useRef<HTMLFieldSetElement>(null);
    const List = isOrdered ? 'ol' : 'ul';
    const paste = (event: ClipboardEvent, index: number) => {
        const lines = takePastedLines(event);
        if (lines) {
            onChange(withLines(items, lines, index));
        }
    };
    const remove = (index: number) => {
        onChange(items.filter((_, other) => other !== index));
        // The focus would go with the row: it stays on the row that moves up, or goes to the box below the last one.
        const inputs = list.current?.querySelectorAll<HTMLInputElement>('input');
        inputs?.[index < items.length - 1 ? index : items.length]?.focus();
    };
    return (
        <fieldset className='EntraSync__textList' ref={list} disabled={isDisabled} aria-labelledby={id} aria-describedby={help ? `${id}-help` : undefined}>
            <p id={id} className='EntraSync__label'>{label}</p>
            {help && <p id={`${id}-help`} className='help-text'>{help}</p>}
            {suggestionsId && <datalist id={suggestionsId}>{suggestions.map((text) => <option key={text} value={text}/>)}</datalist>}
            <List>
                {items.map((text, index) => (
                    <TextListRow
                        key={index}
                        text={text}
                        label={intl.formatMessage({id: 'entrasync.list.item'}, {number: index + 1})}
                        suggestionsId={suggestionsId}
                        fault={faultOf(index)}
                        onChange={(changed) => onChange(items.map((old, other) => (other === index ? changed : old)))}
                        onPaste={(event) => paste(event, index)}
                        onRemove={items.length > min ? () => remove(index) : undefined}
                    >
                        {isOrdered && (
                            <OrderButtons name={text} index={index} count={items.length} isDisabled={isDisabled} onMove={(to) => onChange(moved(items, index, to))}/>
                        )}
                    </TextListRow>
                ))}
            </List>
            {items.length < max && (
                <TextListEntry
                    label={addLabel}
                    suggestionsId={suggestionsId}
                    onAdd={(text) => items.includes(text) || onChange([...items, text])}
                    onPaste={(event) => paste(event, items.length)}
                />
            )}
        </fieldset>
    );
}
