import {useId, useRef, type ClipboardEvent, type ReactNode} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {keepForm} from './keep_form';
import {moved, OrderButtons} from './order_buttons';
import './lists.css';
import {TextListEntry} from './text_list_entry';

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
export function TextList(props: Props) {
    const {items, label, help, addLabel, isOrdered = false, suggestions = [], max, isDisabled, onChange} = props;
    const id = useId();
    const list = useRef<HTMLFieldSetElement>(null);
    const List = isOrdered ? 'ol' : 'ul';
    const paste = (event: ClipboardEvent, index: number) => {
        const lines = event.clipboardData.getData('text').split(/\r\n|\r|\n/).map((line) => line.trim()).filter((line) => line !== '');
        if (lines.length > 1) {
            event.preventDefault();
            onChange([...items.slice(0, index), ...lines.filter((line) => !items.includes(line)), ...items.slice(index)]);
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
            {suggestions.length > 0 && <datalist id={`${id}-suggestions`}>{suggestions.map((text) => <option key={text} value={text}/>)}</datalist>}
            <List>
                {items.map((_, index) => (
                    <Row
                        key={index}
                        {...props}
                        index={index}
                        suggestionsId={`${id}-suggestions`}
                        onPaste={(event) => paste(event, index)}
                        onRemove={() => remove(index)}
                    />
                ))}
            </List>
            {items.length < max && (
                <TextListEntry
                    label={addLabel}
                    suggestionsId={suggestions.length > 0 ? `${id}-suggestions` : undefined}
                    onAdd={(text) => items.includes(text) || onChange([...items, text])}
                    onPaste={(event) => paste(event, items.length)}
                />
            )}
        </fieldset>
    );
}

interface RowProps extends Props {
    index: number;
    suggestionsId: string;
    onPaste(event: ClipboardEvent): void;
    onRemove(): void;
}

function Row({items, index, isOrdered = false, suggestions = [], suggestionsId, min = 0, faultOf, isDisabled, onChange, onPaste, onRemove}: RowProps) {
    const intl = useIntl();
    const faultId = useId();
    const text = items[index]!;
    const fault = faultOf(index);
    return (
        <li>
            <div className='EntraSync__entry'>
                <input
                    type='text'
                    className='form-control'
                    dir='auto'
                    list={suggestions.length > 0 ? suggestionsId : undefined}
                    aria-label={intl.formatMessage({id: 'entrasync.list.item'}, {number: index + 1})}
                    aria-invalid={fault !== null}
                    aria-describedby={fault === null ? undefined : faultId}
                    value={text}
                    onChange={(event) => onChange(items.map((old, other) => (other === index ? event.target.value : old)))}
                    onKeyDown={keepForm}
                    onPaste={onPaste}
                />
                {isOrdered && (
                    <OrderButtons name={text} index={index} count={items.length} isDisabled={isDisabled} onMove={(to) => onChange(moved(items, index, to))}/>
                )}
                {items.length > min && (
                    <button type='button' className='btn btn-tertiary btn-sm' aria-label={intl.formatMessage({id: 'entrasync.list.remove_item'}, {name: text})} onClick={onRemove}>
                        <FormattedMessage id='entrasync.list.remove'/>
                    </button>
                )}
            </div>
            {fault !== null && <p id={faultId} className='EntraSync__fault'>{fault}</p>}
        </li>
    );
}
