import type {ReactNode} from 'react';
import {FormattedMessage} from 'react-intl';

import {Approval} from './approval';

/** How many changes can only be approved by selecting them, and how those of unverified addresses are selected together. */
export function OwnApprovals({count, unverified}: {count: number; unverified: number}) {
    return count > 0 ? (
        <p>
            <FormattedMessage id='entrasync.held.own' values={{count}}/>
            {unverified > 1 && <> <FormattedMessage id='entrasync.held.own_unverified' values={{filter: <FormattedMessage id='entrasync.changes.unverified'/>}}/></>}
        </p>
    ) : null;
}

interface Props {
    count: number;
    isBlocked: boolean;

    /** Other words for the button than those for everything. */
    label?: ReactNode;
    kind?: 'primary' | 'tertiary';
}

/** Lets `count` held changes through. */
export function ApproveAll({count, mustType, onApprove, ...props}: Props & {mustType: boolean; onApprove(): void}) {
    return (
        <Approval
            label={<FormattedMessage id='entrasync.held.approve_all'/>}
            {...props}
            question={<FormattedMessage id={mustType ? 'entrasync.held.type_count' : 'entrasync.held.sure'} values={{count}}/>}
            confirm={<FormattedMessage id='entrasync.held.approve' values={{count}}/>}
            typed={mustType ? count : null}
            onConfirm={onApprove}
        />
    );
}

/** Gives `count` held changes up. */
export function DiscardAll({count, onDiscard, ...props}: Props & {onDiscard(): void}) {
    return (
        <Approval
            label={<FormattedMessage id='entrasync.held.discard_all'/>}
            kind='tertiary'
            {...props}
            question={<FormattedMessage id='entrasync.held.discard_sure' values={{count}}/>}
            confirm={<FormattedMessage id='entrasync.held.discard' values={{count}}/>}
            typed={null}
            onConfirm={onDiscard}
        />
    );
}
