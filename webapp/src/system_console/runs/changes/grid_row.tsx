import {memo, type KeyboardEvent, type MouseEvent} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {ChangeAnswer} from '../../../answers';
import {wordsOf} from '../../../i18n/fault_words';
import {nameOf} from '../../../i18n/name_of';

import {Tag} from '../../widgets/tag';
import {PlaceLink} from '../../frame/place_link';

import type {ChangeRow} from './change_rows';
import {ActionName, isAboutTarget, Person, Reason, StatusTag} from './change_words';

export interface RowActions {

    /** Shows the details of the change with this number. */
    onOpen(seq: number): void;

    /** Let one held change through, or give it up; left out where that is not possible now. */
    onApprove?(seq: number): void;
    onDiscard?(seq: number): void;
}

interface Props extends RowActions {
    row: ChangeRow;

    /** Counts from 0 among the rows that pass the filters. */
    index: number;

    /** The keyboard reaches this row and its contents. */
    isCurrent: boolean;
    isOpen: boolean;

    /** Whether rows have a box to choose them, and for one that can be chosen whether it is. */
    hasBoxes: boolean;
    isSelected: boolean | null;
    measure(element: HTMLTableRowElement | null): void;
    onFocus(index: number): void;
    onSelect(seq: number, isSelected: boolean): void;
}

/** One change. Its details open by Enter or a click, and the space bar chooses it. */
export const GridRow = memo(function GridRow({row, index, isCurrent, isOpen, hasBoxes, isSelected, measure, onFocus, onSelect, ...actions}: Props) {
    const {change} = row;
    const personId = `entrasync-change-${change.seq}`;
    const reach = isCurrent ? 0 : -1;
    const press = (event: KeyboardEvent) => {
        if (event.target !== event.currentTarget) {
            return;
        }
        if (event.key === 'Enter') {
            event.preventDefault();
            actions.onOpen(change.seq);
        } else if (event.key === ' ' && isSelected !== null) {
            event.preventDefault();
            onSelect(change.seq, !isSelected);
        }
    };
    const click = (event: MouseEvent) => {
        if (!(event.target as Element).closest('a, button, input')) {
            actions.onOpen(change.seq);
        }
    };
    return (
        <tr
            ref={measure}
            data-index={index}
            aria-rowindex={index + 2}
            aria-selected={isSelected ?? undefined}
            className={isOpen ? 'EntraSync__row--chosen' : undefined}
            tabIndex={reach}
            onFocus={() => onFocus(index)}
            onKeyDown={press}
            onClick={click}
        >
            {hasBoxes && <td><Box personId={personId} isSelected={isSelected} reach={reach} onSelect={(is) => onSelect(change.seq, is)}/></td>}
            <th scope='row' id={personId}>
                {isAboutTarget(change) ? <Person change={change}/> : (
                    <PlaceLink to={{tab: 'runs', person: change.object_id}} tabIndex={reach}><Person change={change}/></PlaceLink>
                )}
            </th>
            <td><ActionName action={change.action}/></td>
            <td><StatusTag status={change.status}/></td>
            <td className='EntraSync__cell--wide'><Reason change={change}/></td>
            <td className='EntraSync__cell--wide EntraSync__cell--fields'><FieldNames row={row}/></td>
            {actions.onApprove && (
                <td className='EntraSync__cell--wide'>
                    {change.status === 'held' && <Decide seq={change.seq} personId={personId} reach={reach} {...actions}/>}
                </td>
            )}
        </tr>
    );
});

function Box({personId, isSelected, reach, onSelect}: {personId: string; reach: number; isSelected: boolean | null; onSelect(isSelected: boolean): void}) {
    const intl = useIntl();
    if (isSelected === null) {
        return null;
    }
    return (
        <input
            type='checkbox'
            aria-label={intl.formatMessage({id: 'entrasync.changes.select'})}
            aria-describedby={personId}
            checked={isSelected}
            tabIndex={reach}
            onChange={(event) => onSelect(event.target.checked)}
        />
    );
}

function Decide({seq, personId, reach, onApprove, onDiscard}: RowActions & {seq: number; personId: string; reach: number}) {
    const attributes = {type: 'button', className: 'btn btn-tertiary btn-xs', 'aria-describedby': personId, tabIndex: reach} as const;
    return (
        <div className='EntraSync__rowActions'>
            {onApprove && <button {...attributes} onClick={() => onApprove(seq)}><FormattedMessage id='entrasync.held.approve_one'/></button>}
            {onDiscard && <button {...attributes} onClick={() => onDiscard(seq)}><FormattedMessage id='entrasync.held.discard_one'/></button>}
        </div>
    );
}

/** Fields that a row names; all of them are in its details. */
const mostNamed = 3;

/** Which fields change. Users sign in with email and username, so a change of these is highlighted. */
function FieldNames({row: {change, isAddress}}: {row: ChangeRow}) {
    const intl = useIntl();
    const named = change.fields.slice(0, mostNamed);
    const rest = change.fields.length - named.length;
    return (
        <>
            {change.error && <span className='EntraSync__below'><bdi>{wordsOf(intl, change.error).message}</bdi></span>}
            {named.map((field, index) => (
                <span key={`${field.field} ${field.name ?? ''}`}>
                    <FieldName field={field} isAddress={isAddress}/>
                    {index < named.length - 1 && ', '}
                </span>
            ))}
            {rest > 0 && <span className='EntraSync__quiet'> <FormattedMessage id='entrasync.changes.more_fields' values={{count: rest}}/></span>}
        </>
    );
}

function FieldName({field: {field, name}, isAddress}: {field: ChangeAnswer['fields'][number]; isAddress: boolean}) {
    const intl = useIntl();
    const text = name ?? nameOf(intl, 'field', field);
    return isAddress && (field === 'email' || field === 'username') ? <Tag kind='warning'>{text}</Tag> : <bdi>{text}</bdi>;
}
