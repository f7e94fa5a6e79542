import {useIntl} from 'react-intl';

/** A point in time (ms since 1970) as the reader writes it, in the browser's time zone. */
export function Moment({ms}: {ms: number}) {
    const intl = useIntl();
    return <time dateTime={new Date(ms).toISOString()}>{intl.formatDate(ms, {dateStyle: 'medium', timeStyle: 'short'})}</time>;
}
