import {Fragment, type ReactNode} from 'react';
import {FormattedMessage} from 'react-intl';

import type {Dangers} from '../../../sync/approval/caution';

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

const dangers = ['deactivate', 'addresses', 'leave'] as const;

/** Asks to type the number of changes, and says what those of them do that end an access or change a sign-in. */
export function TypeCount({id, count, of}: {id: 'entrasync.held.type_count' | 'entrasync.plan.type_count'; count: number; of: Dangers}) {
    return (
        <>
            <FormattedMessage id={id} values={{count}}/>
            {dangers.filter((danger) => of[danger] > 0).map((danger) => <Fragment key={danger}> <FormattedMessage id={`entrasync.danger.${danger}`}/></Fragment>)}
        </>
    );
}

/** Lets `count` held changes through. `of` are those that end an access or change a sign-in. */
export function ApproveAll({count, mustType, of, onApprove, ...props}: Props & {mustType: boolean; of: Dangers; onApprove(): void}) {
    return (
        <Approval
            label={<FormattedMessage id='entrasync.held.approve_all'/>}
            {...props}
            question={mustType ? <TypeCount id='entrasync.held.type_count' count={count} of={of}/> : <FormattedMessage id='entrasync.held.sure' values={{count}}/>}
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
