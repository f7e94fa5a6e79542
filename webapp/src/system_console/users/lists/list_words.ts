import type {MessageId} from '../../../i18n/message_id';

import type {ListKind} from '../scope_part';

/** The kinds whose entries are typed, one a row. */
export type RowKind = Exclude<ListKind, 'people' | 'groups'>;

interface RowWords {

    /** Takes `{number}`. */
    entry: MessageId;
    add: MessageId;

    /** What is said of an entry in the wrong form. */
    form: MessageId;
}

export const rowWords: Record<RowKind, RowWords> = {
    display_name_contains: {entry: 'entrasync.allow.name', add: 'entrasync.allow.new_name', form: 'entrasync.people.form_name'},
    user_principal_name: {entry: 'entrasync.people.upn', add: 'entrasync.people.new_upn', form: 'entrasync.people.form_upn'},
    email: {entry: 'entrasync.people.email', add: 'entrasync.people.new_email', form: 'entrasync.people.form_email'},
    email_domain: {entry: 'entrasync.people.domain', add: 'entrasync.people.new_domain', form: 'entrasync.people.form_domain'},
    object_id: {entry: 'entrasync.people.id', add: 'entrasync.people.new_id', form: 'entrasync.people.form_id'},
};
