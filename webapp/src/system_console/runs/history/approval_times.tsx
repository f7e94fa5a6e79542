import {useState, type ReactNode} from 'react';
import {FormattedMessage} from 'react-intl';

import type {RunAnswer} from '../../../answers';
import {isHoldExpired} from '../../../sync/approval/approvable';

import {Moment} from '../../widgets/moment';

interface Props {
    run: RunAnswer;
    usernames: Record<string, string>;
}

/** When held changes of a run were approved or discarded and by which administrator, or that they expired; nothing for any other run. */
export function ApprovalTimes({run, usernames}: Props) {
    const {approved_at, approved_by, discarded_at, discarded_by} = run;
    const [now] = useState(() => Date.now());
    return (
        <>
            {approved_at > 0 && <Decision name='approved' ms={approved_at} username={usernames[approved_by]}/>}
            {discarded_at > 0 && <Decision name='discarded' ms={discarded_at} username={usernames[discarded_by]}/>}
            {approved_at === 0 && isHoldExpired(run, now) && <Line><FormattedMessage id='entrasync.held.expired'/></Line>}
        </>
    );
}

function Decision({name, ms, username}: {name: 'approved' | 'discarded'; ms: number; username: string | undefined}) {
    const time = <Moment ms={ms}/>;
    return (
        <Line>
            {username ?
                <FormattedMessage id={`entrasync.held.${name}_by`} values={{time, username: <bdi>{`@${username}`}</bdi>}}/> :
                <FormattedMessage id={`entrasync.held.${name}`} values={{time}}/>}
        </Line>
    );
}

function Line({children}: {children: ReactNode}) {
    return <span className='EntraSync__below EntraSync__quiet'>{children}</span>;
}
