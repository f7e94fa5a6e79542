import {ownApproval} from '../../approval/own_approval';
import {decideLeaver, type Leaver} from '../../lifecycle/leaver';
import type {Person} from '../../mapping/person';
import {indexAccounts} from '../../match/account_index';
import {lookupKeys, lookupKeysOfLinked} from '../../match/lookup_keys';
import {isObjectId} from '../../object_id';
import {decisionOfLeaver} from '../../plan/decide';
import type {Decision} from '../../plan/decision';
import {textOfChanges} from '../../scope/scope_values';
import type {Account} from '../../types';

import type {LineDecision} from './draft';
import type {PlanParts} from './plan_parts';
import {rowOfLeaver, rowOfPerson} from './rows';

/** Leavers whose accounts are looked up at once. */
const CHUNK_SIZE = 500;

/** Plans what happens to the accounts of users who left. */
export class LeaverPlanner {
    constructor(private readonly parts: PlanParts) {}

    /** Decides about linked users who are not in scope, or not in the directory. Some of their accounts may be gone as well. */
    async plan(leavers: readonly Leaver[]): Promise<void> {
        const {context: {ports}, draft} = this.parts;
        for (let start = 0; start < leavers.length; start += CHUNK_SIZE) {
            const chunk = leavers.slice(start, start + CHUNK_SIZE);
            const {accounts} = await ports.accounts.find(lookupKeysOfLinked(chunk.map(({object_id}) => object_id)));
            this.planChunk(chunk, accounts);
            await draft.flush();
        }
    }

    /** Decides about users who were asked for and are out of scope. Those who have an active account are leavers. */
    async planOutsiders(outsiders: readonly Person[]): Promise<void> {
        if (outsiders.length === 0) {
            return;
        }
        const {context: {ports}, criteria, draft, people} = this.parts;
        const {accounts} = await ports.accounts.find(lookupKeys(outsiders, criteria));
        const {by_link} = indexAccounts(accounts, criteria.auth_service);
        const [leavers, others] = [true, false].map((isActive) => outsiders.filter(({object_id}) => (by_link.get(object_id)?.delete_at === 0) === isActive));
        this.planChunk(leavers!.map(({object_id}) => ({object_id, cause: 'out_of_scope'})), accounts);
        others!.forEach((person) => {
            const account = by_link.get(person.object_id) ?? null;
            const decision: LineDecision = {action: 'skip', reason: 'out_of_scope', account};
            draft.proposeFor(rowOfPerson(person, decision, account?.username ?? '', people.decidingEntryOf(person.object_id)), decision);
        });
        await draft.flush();
    }

    /** `accounts` are those of the leavers. */
    private planChunk(leavers: readonly Leaver[], accounts: readonly Account[]): void {
        const {criteria, departures, draft, people} = this.parts;
        const {by_link} = indexAccounts(accounts, criteria.auth_service);
        leavers.forEach(({object_id, cause}) => {
            const account = by_link.get(object_id);
            const decision = account && !draft.moving.has(account.id) ? this.decide({object_id, cause}, account) as LineDecision | null : null;
            if (account && decision) {
                departures.note(decision);
                draft.proposeFor(rowOfLeaver(object_id, account, decision, cause === 'out_of_scope' ? people.decidingEntryOf(object_id) : undefined), decision);
            }
        });
    }

    /** A link that an earlier version made with something else than an object id proves nothing: the directory cannot be asked about it. */
    private decide({object_id, cause}: Leaver, account: Account): Decision | null {
        if (!isObjectId(object_id)) {
            return account.delete_at === 0 ? {action: 'conflict', reason: 'no_object_id', account} : null;
        }
        const {criteria: {leavers}, people} = this.parts;

        // A run that follows changes has asked for the groups of this user, so it is one more read that does not find the user in scope.
        const evidence = cause === 'out_of_scope' && people.follows_changes ? {...leavers, counts_absence: true} : leavers;
        const decision = decisionOfLeaver(decideLeaver(cause, account, evidence), account);
        return decision && cause === 'out_of_scope' ? this.withChanges(object_id, account, decision) : decision;
    }

    /**
     * Says which attributes put the user out of scope. Someone may have changed them without a thought of Mattermost, so such a
     * deactivation needs an approval of its own, unless the user is disabled: then the account would go anyway.
     */
    private withChanges(object_id: string, account: Account, decision: Decision): Decision {
        const {context: {policy}, criteria: {leavers}, people} = this.parts;
        const {changes, is_disabled} = people.leavingOf(object_id, account.scope_values);
        if (changes.length === 0 || decision.action === 'unchanged' || decision.action === 'create') {
            return decision;
        }
        const params = {...decision.params, scope_changes: textOfChanges(changes)};
        const isHeld = decision.action === 'deactivate' && policy.guard.scope_attribute_changes === 'hold' && !(is_disabled && policy.lifecycle.leavers.disabled);
        return isHeld ? {...decision, params, approval: ownApproval(account, leavers.protected, ['scope_attribute_changed'])!} : {...decision, params};
    }
}
