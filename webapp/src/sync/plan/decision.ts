import type {OwnApproval} from '../approval/line_hold';
import type {Account, AttributeValue, Departure, FieldChange, Reason, ReasonParams} from '../types';

import type {KeyField} from './moves';

/** The new email address or sign-in data of an account, or the username that it gets if it is free. */
export interface AddressChange {
    field: KeyField;
    to: string;

    approval?: OwnApproval;

    /** The server refuses the address, so the account keeps the one that it has. */
    is_refused?: true;

    /** Another user who has the same value in the directory, so that it is given to neither. */
    shared_with?: string;
}

/**
 * What a run would do about one user. An update without `fields` only links the account, or only changes
 * `addresses`, which are changes of their own.
 */
export type Decision =
    | {action: 'unchanged'}
    | {action: 'create'; reason: Reason}
    | {
        action: 'update' | 'reactivate'; reason: Reason; account: Account; fields: FieldChange[]; addresses: AddressChange[];
        attributes?: AttributeValue[]; params?: ReasonParams; approval?: OwnApproval;

        /** Who uses the account now may not be its new owner: its sessions end, and its password is replaced. */
        takes_over?: boolean;
    }
    | {
        action: 'deactivate'; reason: Reason; account: Account; departure: Departure; params?: ReasonParams; approval?: OwnApproval;

        /** No link knows the account yet: it is linked to the user first. */
        adopts?: {takes_over: boolean};
    }
    | {action: 'skip' | 'conflict'; reason: Reason; params?: ReasonParams | undefined; account: Account | null; departure?: Departure | null};

export const UNCHANGED: Decision = {action: 'unchanged'};
