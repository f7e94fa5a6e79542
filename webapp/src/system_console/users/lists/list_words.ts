import type {MessageId} from '../../../i18n/message_id';

import type {ListKind} from '../scope_part';

/** The kinds whose entries are typed, one a row. */
export type RowKind = Exclude<ListKind, 'people' | 'groups'>;

interface RowWords {

    /** Takes `{number}`. */
    entry: MessageId;
    add: MessageId;

    /** The error for an entry in the wrong form. */
    form: MessageId;
}

export const rowWords: Record<RowKind, RowWords> = {
    display_name_contains: {entry: 'entrasync.allow.name', add: 'entrasync.allow.new_name', form: 'entrasync.users.form_name'},
    user_principal_name: {entry: 'entrasync.users.upn', add: 'entrasync.users.new_upn', form: 'entrasync.users.form_upn'},
    email: {entry: 'entrasync.users.email', add: 'entrasync.users.new_email', form: 'entrasync.users.form_email'},
    email_domain: {entry: 'entrasync.users.domain', add: 'entrasync.users.new_domain', form: 'entrasync.users.form_domain'},
    object_id: {entry: 'entrasync.users.id', add: 'entrasync.users.new_id', form: 'entrasync.users.form_id'},
};
