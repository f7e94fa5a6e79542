import {EntryList} from './entry_list';
import {GroupList} from '../../policy/groups/group_list';
import {PlainList} from './plain_list';
import type {ListKind} from '../scope_part';

interface Props {
    kind: ListKind;

    /** The path of the list, such as `Policy.scope.allow.email`. */
    path: string;
    entries: string[];

    /** The user has just opened this list, so it takes the focus. */
    isFresh: boolean;
    onChange(entries: string[]): void;
}

/** The editor of one list, by its kind. */
export function ListEditor({kind, ...rest}: Props) {
    switch (kind) {
    case 'people':
        return <PlainList {...rest}/>;
    case 'groups':
        return <GroupList {...rest}/>;
    default:
        return <EntryList kind={kind} {...rest}/>;
    }
}
