import {useIntl} from 'react-intl';

interface Props {
    ms: number;

    /** An IANA name. The reader's own zone is taken for '' and for one that the browser does not know. */
    zone: string;
}

/** A point in time by the clock of a time zone, with 24 hours as schedules have them. */
export function ZonedMoment({ms, zone}: Props) {
    const intl = useIntl();
    const timeZone = isKnownZone(zone) ? zone.trim() : undefined;
    return (
        <time dateTime={new Date(ms).toISOString()}>
            {intl.formatDate(ms, {dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23', ...(timeZone && {timeZone})})}
        </time>
    );
}

/** Browsers know fewer zones than servers do, and refuse to format in the others. */
export function isKnownZone(zone: string): boolean {
    try {
        return zone.trim() !== '' && Boolean(new Intl.DateTimeFormat('en', {timeZone: zone.trim()}));
    } catch {
        return false;
    }
}
