import {ZONES_OF_AREA} from './time_zones';

/** Zones by lower-case name. Made when first asked: most policies map no time zone. */
let zones: Map<string, string> | null = null;

/** The IANA time zone that `text` names, spelled as Mattermost does, or '' when there is none of that name. */
export function timeZoneOf(text: string): string {
    zones ??= new Map(Object.entries(ZONES_OF_AREA).flatMap(([area, names]) => names.split(' ').
        map((name) => (area === '' ? name : `${area}/${name}`)).
        map((zone): [string, string] => [zone.toLowerCase(), zone])));
    return zones.get(text.trim().toLowerCase()) ?? '';
}
