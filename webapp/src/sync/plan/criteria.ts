import type {LeaverCriteria} from '../lifecycle/leaver';
import {protectedKeys} from '../lifecycle/privileged';
import {updatedAddresses, updatedFields, type UpdatedAddresses, type UpdatedField} from '../mapping/when';
import type {Claims} from '../match/claims';
import {matchCriteria, type MatchCriteria} from '../match/criteria';
import type {Policy} from '../policy/policy';
import {groupsOfScope} from '../scope/groups';
import {refusalsOf, type Refusals} from '../server_rules/refusals';
import type {ServerRules} from '../types';

/** What decides about a user besides the user and the accounts. */
export interface DecisionCriteria extends MatchCriteria {

    /** Object ids that the directory returned twice with different contents. */
    duplicate_object_ids: ReadonlySet<string>;

    /** A run for one user found several: one user's mail is another user's principal name. */
    is_ambiguous: boolean;

    /** Users that the directory describes as it did when their account was confirmed: a difference was made in Mattermost. */
    same: ReadonlySet<string>;

    /** The fields that an update may write. */
    updates: readonly UpdatedField[];
    addresses: UpdatedAddresses;
    refusals: Refusals;

    /** Whether accounts of synchronization and Exchange get an account. */
    takes_service_accounts: boolean;
    leavers: LeaverCriteria;
}

/** What a run knows about the directory and the server before it decides about any user. */
interface KnownFacts extends Pick<DecisionCriteria, 'duplicate_object_ids' | 'is_ambiguous' | 'same'>,
    Pick<LeaverCriteria, 'now' | 'counts_absence' | 'asks_admin'> {
    claims: Claims;
    server: ServerRules;
    isKnown: MatchCriteria['is_known'];
}

/** The criteria of a policy for one run: the only place that turns a policy into them. */
export function decisionCriteria({accounts, lifecycle, mapping, scope}: Policy, facts: KnownFacts): DecisionCriteria {
    const matching = matchCriteria(accounts, facts.claims, facts.isKnown);
    const {duplicate_object_ids, is_ambiguous, same, now, counts_absence, asks_admin} = facts;
    return {
        ...matching,
        duplicate_object_ids,
        is_ambiguous,
        same,
        updates: lifecycle.update ? updatedFields(mapping) : [],
        addresses: lifecycle.update ? updatedAddresses(mapping) : {email: false, username: false, auth_data: false},
        refusals: refusalsOf(accounts, facts.server),
        takes_service_accounts: scope.service_accounts,
        leavers: {
            lifecycle,
            protected: protectedKeys(lifecycle),
            auth_service: matching.auth_service,
            has_groups: groupsOfScope(scope).length > 0,
            now,
            counts_absence,
            asks_admin,
        },
    };
}
