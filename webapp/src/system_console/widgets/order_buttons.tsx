import type {MouseEvent} from 'react';
import {flushSync} from 'react-dom';
import {useIntl} from 'react-intl';

import {Icon} from './icon';
import './lists.css';

interface Props {

    /** What is moved, for screen readers. */
    name: string;

    /** Counts from 0. */
    index: number;

    /** The first place to which something may be moved. */
    first?: number;
    count: number;
    isDisabled: boolean;
    onMove(to: number): void;
}

/** Moves an item of an ordered list up or down. The buttons are in the `li` of their item, and the focus moves with it. */
export function OrderButtons({name, index, first = 0, count, isDisabled, onMove}: Props) {
    const intl = useIntl();
    const move = (event: MouseEvent<HTMLButtonElement>, to: number) => {
        const rows = event.currentTarget.closest('ol, ul')?.children;
        const direction = event.currentTarget.dataset.move;
        // At once, whether the rows keep their elements or change places with them.
        flushSync(() => onMove(to));
        const buttons = [...rows?.[to]?.querySelectorAll<HTMLButtonElement>('button[data-move]') ?? []].filter(({disabled}) => !disabled);
        (buttons.find(({dataset}) => dataset.move === direction) ?? buttons[0])?.focus();
    };
    const values = {name, place: index + 1, count};
    return (
        <span className='EntraSync__order'>
            <button
                type='button'
                className='btn btn-icon btn-sm'
                data-move='up'
                aria-label={intl.formatMessage({id: 'entrasync.order.up'}, values)}
                disabled={isDisabled || index <= first}
                onClick={(event) => move(event, index - 1)}
            >
                <Icon name='up'/>
            </button>
            <button
                type='button'
                className='btn btn-icon btn-sm'
                data-move='down'
                aria-label={intl.formatMessage({id: 'entrasync.order.down'}, values)}
                disabled={isDisabled || index < first || index >= count - 1}
                onClick={(event) => move(event, index + 1)}
            >
                <Icon name='down'/>
            </button>
        </span>
    );
}

/** `list` with the item at `from` moved to `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
    const others = list.filter((_, index) => index !== from);
    return [...others.slice(0, to), list[from]!, ...others.slice(to)];
}
