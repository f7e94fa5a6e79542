import type {OwnApproval} from '../approval/line_hold';
import {ownApproval} from '../approval/own_approval';
import {countedAbsence, lackingProof} from '../lifecycle/evidence';
import {NOT_AWAY} from '../lifecycle/leaver';
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

/**
 * The one rule for accounts that get an owner. A key that fits proves little: users choose their usernames, and their addresses as long
 * as the server does not verify them, and `mail` in the directory is whatever was written there.
 */
export function adoptionOf(account: Account, by: AdoptingKey, isRelink: boolean, {adopt, leavers}: DecisionCriteria): Adoption {
    const isUnproven = adopt.unverified === 'hold' && isUnverified(account, by);
    return {
        approval: ownApproval(account, leavers.protected, [...(isRelink ? ['relink'] as const : []), ...(isUnproven ? ['unverified_email'] as const : [])]),
        takes_over: isRelink || isUnproven,
    };
}

/** Whether the account's user could have chosen the key that fits, without a proof that it is theirs. Sign-in data comes from the service. */
function isUnverified(account: Account, by: AdoptingKey): boolean {
    return by === 'username' || (by !== 'auth_data' && !isEmailProven(account));
}

/**
 * An account moves only from a user of whom the directory has proved the absence as for a deactivation: by as many full reads, apart in
 * time. A part of the directory knows an absence only where Microsoft has reported a deletion or was asked for the user. The absences
 * are counted here as well, because those of accounts that no sync deactivates, or that are deactivated already, count nowhere else.
 */
export function relinkWaits(account: Account, other_object_id: string, {leavers}: DecisionCriteria): Decision | null {
    const lacking = leavers.counts_absence ? lackingProof(account.departure, leavers) : null;
    const departure = {...account.departure ?? NOT_AWAY, ...countedAbsence(account.departure, leavers)};
    return lacking && {action: 'conflict', reason: 'relink_waits', account, params: {...lacking, other_object_id}, departure};
}
