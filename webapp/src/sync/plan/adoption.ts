import {allApprovals, type OwnApproval} from '../approval/line_hold';
import {countedAbsence} from '../lifecycle/leaver';
import {approvalOfPower} from '../lifecycle/privileged';
import {isEmailProven} from '../match/adoptable';
import type {AdoptingKey} from '../policy/accounts';
import type {Account, Reason} from '../types';

import type {DecisionCriteria} from './criteria';
import type {Decision} from './decision';

/** The line that links an account says which key found it. */
export const REASON_OF_KEY: Record<AdoptingKey, Reason> = {
    auth_data: 'adopted_by_auth_data',
    email: 'adopted_by_email',
    other_mails: 'adopted_by_other_mails',
    username: 'adopted_by_username',
};

/** In `reason_params` of a line that moves an account: its user left, so it is deactivated until it moves. */
export const DEACTIVATED = {account_state: 'deactivated'} as const;

/** What it takes to link an account to a user whom another key than the link points at. */
interface Adoption {
    approval: OwnApproval | undefined;

    /** Who uses the account now may not be the user: its sessions end, and its password is replaced. */
    takes_over: boolean;
}

const RELINK: OwnApproval = {kinds: ['relink']};
const UNVERIFIED: OwnApproval = {kinds: ['unverified_email']};

/**
 * The one rule for accounts that get an owner. A key that fits proves little: users choose their usernames, and their addresses as long
 * as the server does not verify them, and `mail` in the directory is whatever was written there.
 */
export function adoptionOf(account: Account, by: AdoptingKey, isRelink: boolean, {adopt, leavers}: DecisionCriteria): Adoption {
    const isUnproven = adopt.unverified === 'hold' && isUnverified(account, by);
    return {
        approval: allApprovals([approvalOfPower(account, leavers.protected), isRelink ? RELINK : undefined, isUnproven ? UNVERIFIED : undefined]),
        takes_over: isRelink || isUnproven,
    };
}

/** Whether the account's user could have chosen the key that fits, without a proof that it is theirs. Sign-in data comes from the service. */
function isUnverified(account: Account, by: AdoptingKey): boolean {
    return by === 'username' || (by !== 'auth_data' && !isEmailProven(account));
}

/**
 * An account moves only from a user of whom the directory has proved the absence as for a deactivation: by as many full reads, apart in
 * time. A part of the directory knows an absence only where Microsoft has reported a deletion or was asked for the user.
 */
export function relinkWaits(account: Account, other_object_id: string, {leavers}: DecisionCriteria): Decision | null {
    const {missing_reads: needed, min_minutes_between_reads: apart} = leavers.lifecycle.leavers;
    const {absent_reads: reads} = countedAbsence(account.departure, leavers);
    if (leavers.asks_admin || !leavers.counts_absence || reads >= needed) {
        return null;
    }
    return {action: 'conflict', reason: 'relink_waits', account, params: {reads, needed, apart, other_object_id}};
}
