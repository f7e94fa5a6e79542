import type {IntlShape} from 'react-intl';

import type {MessageId} from './message_id';

/** The groups of names that the catalogue of the sync logic has, each for one closed list. */
type NameList = 'reason' | 'run_state' | 'trigger' | 'mode' | 'reading' | 'action' | 'change_status' | 'phase' | 'field' | 'count' | 'step' | 'setting' | 'standing' | 'directory_says' | 'mattermost_has' | 'account_state';

/** The name of a list's member in the reader's language; a member that only a newer server knows is shown as it is. */
export function nameOf(intl: IntlShape, list: NameList, member: string): string {
    const id = `entrasync.${list}.${member}`;
    return id in intl.messages ? intl.formatMessage({id: id as MessageId}) : member;
}
