import {useIntl} from 'react-intl';

interface Props {
    ms: number;

    /** An IANA name. The reader's own zone is taken for '' and for one that the browser does not know. */
    zone: string;
}

/** A point in time by the clock of a time zone, which is named with it: readers may live in another one. */
export function ZonedMoment({ms, zone}: Props) {
    const intl = useIntl();
    const text = intl.formatDate(ms, {
        weekday: 'short',
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: 'numeric',
        minute: '2-digit',
        timeZoneName: 'short',
        ...(isKnownZone(zone) && {timeZone: zone.trim()}),
    });
    return <time dateTime={new Date(ms).toISOString()}>{text}</time>;
}

/** Browsers know fewer zones than servers do, and refuse to format in the others. */
export function isKnownZone(zone: string): boolean {
    try {
        return zone.trim() !== '' && Boolean(new Intl.DateTimeFormat('en', {timeZone: zone.trim()}));
    } catch {
        return false;
    }
}
