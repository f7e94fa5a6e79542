import {useState} from 'react';
import {FormattedMessage} from 'react-intl';

import type {RunAnswer} from '../../../answers';

import {Moment} from '../common/moment';

/** When and by whom held changes of a run were approved, or that it is too late for that; nothing for any other run. */
export function Approved({run: {state, hold, approved_at, approved_by}, usernames}: {run: RunAnswer; usernames: Record<string, string>}) {
    const [now] = useState(() => Date.now());
    if (approved_at > 0) {
        const username = usernames[approved_by];
        const time = <Moment ms={approved_at}/>;
        return username ?
            <FormattedMessage id='entrasync.held.approved_by' values={{time, username: <bdi>{`@${username}`}</bdi>}}/> :
            <FormattedMessage id='entrasync.held.approved' values={{time}}/>;
    }
    if (state === 'held' && hold && hold.expires_at <= now) {
        return <FormattedMessage id='entrasync.held.expired'/>;
    }
    return null;
}
