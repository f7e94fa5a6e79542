import type {Fault} from '../../errors';
import type {Person} from '../../mapping/person';
import {profileDifferences, profileOf, profileOfNew, type Profile, type ProfileChanges} from '../../mapping/profile';
import type {AccountIndex} from '../../match/account_index';
import {UNCHANGED, type Decision} from '../../plan/decision';
import type {Policy} from '../../policy/policy';
import type {Ports} from '../../ports';
import type {Account, StoredAttribute} from '../../types';

const NONE: Profile = {targets: [], fault: null};
const NO_CHANGES: ProfileChanges = {fields: [], values: []};

/** The user attributes (custom profile attributes) of the accounts that a run compares. Nothing is read for a policy without any. */
export class Profiles {
    private readonly stored = new Map<string, StoredAttribute[]>();

    private constructor(private readonly ports: Ports, private readonly profile: Profile, private readonly isKept: boolean) {}

    /** Asks the server which attributes it has if the policy names any. */
    static async open({mapping, lifecycle}: Policy, ports: Ports): Promise<Profiles> {
        const isMapped = Object.keys(mapping.attributes ?? {}).length > 0;
        const profile = isMapped ? profileOf(mapping, (await ports.accounts.attribute_fields()).fields) : NONE;
        return new Profiles(ports, profile, lifecycle.update);
    }

    /** Names the attributes of the policy that cannot be filled; null when all can. */
    get fault(): Fault | null {
        return this.profile.fault;
    }

    /** Reads the attributes of a chunk's accounts and forgets those of the chunk before. */
    async read(accounts: readonly Account[]): Promise<void> {
        this.stored.clear();
        if (this.profile.targets.length === 0 || accounts.length === 0) {
            return;
        }
        const field_ids = this.profile.targets.map(({field}) => field.id);
        const {values} = await this.ports.accounts.attribute_values({account_ids: accounts.map(({id}) => id), field_ids});
        for (const value of values) {
            this.stored.set(value.account_id, [...this.stored.get(value.account_id) ?? [], value]);
        }
    }

    /** The decision with the attributes that differ. */
    extend(decision: Decision, person: Person, index: AccountIndex): Decision {
        if (this.profile.targets.length === 0 || !this.isKept) {
            return decision;
        }
        const known: Decision = decision.action === 'unchanged' ?
            {action: 'update', reason: 'attributes_changed', account: index.by_link.get(person.object_id)!, fields: [], addresses: []} : decision;
        if (!('addresses' in known)) {
            return decision;
        }
        const {fields, values} = profileDifferences(person, this.profile, this.stored.get(known.account.id) ?? []);
        if (fields.length === 0) {
            return decision.action === 'unchanged' ? UNCHANGED : decision;
        }
        return {...known, fields: [...known.fields, ...fields], attributes: values};
    }

    ofNew(person: Person): ProfileChanges {
        return this.profile.targets.length === 0 ? NO_CHANGES : profileOfNew(person, this.profile);
    }
}
