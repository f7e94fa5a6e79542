import type {Person} from '../mapping/person';
import type {AccountsPolicy, AdoptingKey} from '../policy/accounts';

import {authDataKey, emailKey, otherMailKeys, usernameKey} from './keys';

/**
 * Which users have which of the keys that users may share. All users are added before any is matched, so that the answer does not
 * depend on the order of the directory. Only the keys that the policy matches by are kept, and email addresses and sign-in data: no two
 * accounts share one.
 */
export class Claims {

    /** Object ids of all users who share a key with another user. */
    readonly rivals = new Set<string>();

    private readonly emails = new Holders(this.rivals);
    private readonly all_emails: Holders | null;
    private readonly usernames: Holders | null;

    /** Not for Office 365 unless the policy maps it: there auth data is the user's own object id. */
    private readonly auth_data: Holders | null;

    /** `mapsAuthData` says that the policy makes the sign-in data of something that users may share. */
    constructor({sign_in, matching}: Pick<AccountsPolicy, 'sign_in' | 'matching'>, mapsAuthData = false) {
        const isMatched = sign_in.method === 'single_sign_on' && sign_in.service !== 'office365' && matching.includes('auth_data');
        this.auth_data = isMatched || (sign_in.method === 'single_sign_on' && mapsAuthData) ? new Holders(this.rivals) : null;
        this.all_emails = matching.includes('other_mails') ? new Holders(this.rivals) : null;
        this.usernames = matching.includes('username') ? new Holders(this.rivals) : null;
    }

    /** Disabled users get no account, so they may share the address of their successor. One who may be enabled may not. */
    add(person: Person): void {
        const id = person.object_id;
        if (person.is_enabled === false || id === '') {
            return;
        }
        this.emails.add(emailKey(person), id);
        if (this.all_emails) {
            this.all_emails.add(emailKey(person), id);
            otherMailKeys(person).forEach((email) => this.all_emails!.add(email, id));
        }
        this.usernames?.add(usernameKey(person), id);
        this.auth_data?.add(authDataKey(person), id);
    }

    /** Another user than `object_id` who has the key; '' when there is none. */
    otherThan(object_id: string, key: AdoptingKey, value: string): string {
        switch (key) {
        case 'email':
            return this.emails.otherThan(object_id, value);
        case 'other_mails':
            return this.all_emails?.otherThan(object_id, value) ?? '';
        case 'username':
            return this.usernames?.otherThan(object_id, value) ?? '';
        case 'auth_data':
            return this.auth_data?.otherThan(object_id, value) ?? '';
        }
    }
}

/** The first two object ids, in ascending order, that have a key: enough to name one that is not the user's own. */
class Holders {
    private readonly first = new Map<string, string>();
    private readonly second = new Map<string, string>();

    constructor(private readonly rivals: Set<string>) {}

    add(key: string, id: string): void {
        const first = this.first.get(key);
        if (key === '' || id === first) {
            return;
        }
        if (first === undefined) {
            this.first.set(key, id);
            return;
        }
        this.rivals.add(first).add(id);
        const later = id < first ? first : id;
        const second = this.second.get(key);
        if (id < first) {
            this.first.set(key, id);
        }
        if (second === undefined || later < second) {
            this.second.set(key, later);
        }
    }

    otherThan(id: string, key: string): string {
        const first = this.first.get(key) ?? '';
        return first === id ? this.second.get(key) ?? '' : first;
    }
}
