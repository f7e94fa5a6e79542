import {FormattedMessage} from 'react-intl';
import {useSelector} from 'react-redux';

import {askLive} from '../../../live/ask';
import {dataRevision} from '../../../store/selectors';
import {Notice} from '../../widgets/notice';
import {useAnswer} from '../../widgets/use_answer';
import {useDebounced} from '../../widgets/use_debounced';

/** How long (ms) typing must pause before the sync logic is asked. */
const PAUSE = 250;

/** Entries that are named. */
const SHOWN = 10;

/** Warns of entries that were the address of a linked user who has another one now: the list no longer means that user. */
export function MovedAddresses({entries}: {entries: readonly string[]}) {
    const revision = useSelector(dataRevision);
    const text = useDebounced(JSON.stringify(entries), PAUSE);
    const {answer} = useAnswer({
        queryKey: ['moved_addresses', text, revision],
        queryFn: () => askLive('moved_addresses', {entries: JSON.parse(text) as string[], revision}),
    });
    const moved = (answer ?? []).filter(({entry}) => entries.includes(entry));
    return moved.length === 0 ? null : (
        <Notice kind='warning' title={<FormattedMessage id='entrasync.users.moved_title' values={{count: moved.length}}/>}>
            <ul>
                {moved.slice(0, SHOWN).map(({entry, object_id, display_name, email}) => (
                    <li key={entry}>
                        <FormattedMessage
                            id='entrasync.users.moved'
                            values={{entry: <bdi key='entry'>{entry}</bdi>, name: <bdi key='name'>{display_name || object_id}</bdi>, email: <bdi key='email'>{email}</bdi>}}
                        />
                    </li>
                ))}
            </ul>
            {moved.length > SHOWN && <p><FormattedMessage id='entrasync.users.moved_more' values={{count: moved.length - SHOWN}}/></p>}
        </Notice>
    );
}
