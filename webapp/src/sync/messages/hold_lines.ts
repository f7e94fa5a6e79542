import {lineHoldKinds} from '../lists';
import type {Hold, HeldKind} from '../types';

import {code} from './markdown';
import {placeLink} from './links';
import {momentText} from './run_words';
import {isMessageKey, type Locale, translate} from './translate';

/** What a run holds, one sentence for each reason. Kinds that only another version knows are left out. */
export function holdTexts(locale: Locale, {kinds}: Pick<Hold, 'kinds'>): string[] {
    return kinds.flatMap(({kind, count, total, recent, hours}) => {
        const key = `hold.${kind}`;
        if (!isMessageKey(key)) {
            return [];
        }
        const text = translate(locale, key, {count, total});
        return [recent ? `${text} (${translate(locale, 'hold.recent', {recent, hours})})` : text];
    });
}

/** The same in Markdown, with how and until when it can be approved, and a link to `hash`, the place of the run. */
export function holdLines(locale: Locale, hold: Hold, {console_url, hash}: {console_url: string; hash: string}, offsetMinutes?: number): string[] {
    const place = placeLink(locale, console_url, hash);
    const own = hold.kinds.filter(isOfLines).length;
    return [
        translate(locale, 'command.held_until', {time: momentText(hold.expires_at, offsetMinutes)}),
        ...holdTexts(locale, hold).map((text) => `- ${text}`),
        '',
        ...(own < hold.kinds.length ? [translate(locale, 'command.held_how', {place, command: code('/entrasync approve')})] : []),
        ...(own > 0 ? [translate(locale, 'command.held_own', {place})] : []),
    ];
}

/** Whether the changes of the kind need an approval of their own. */
function isOfLines({kind}: HeldKind): boolean {
    return (lineHoldKinds as readonly string[]).includes(kind);
}
