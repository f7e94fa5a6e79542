import {useState} from 'react';
import {FormattedRelativeTime} from 'react-intl';

/** How often the words are looked at again, in seconds. */
const updateInterval = 10;

/** How far a point in time (ms since 1970) is from now, such as "in 5 hours"; it moves on while it is shown. */
export function RelativeMoment({ms}: {ms: number}) {
    return <FromNow key={ms} ms={ms}/>;
}

function FromNow({ms}: {ms: number}) {
    const [now] = useState(() => Date.now());
    return <FormattedRelativeTime value={Math.round((ms - now) / 1000)} unit='second' numeric='auto' updateIntervalInSeconds={updateInterval}/>;
}
