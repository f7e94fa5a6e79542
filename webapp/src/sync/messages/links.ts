import {tabOfSetting, isSettingKey} from '../settings/keys';

import {type Locale, translate} from './translate';

/*
 * Links to places of the plugin's page, in Markdown. The page reads the same hashes (webapp/src/store/place.ts), and a test
 * compares both.
 */

/** `url` as the target of a Markdown link, or '' if it is not a web address: a server may not know its own. */
function targetOf(url: string): string {
    return /^https?:\/\/\S+$/i.test(url) ? url.replace(/\(/g, '%28').replace(/\)/g, '%29') : '';
}

/** `text`, which must be safe in Markdown, as a link to a place of the page at `console_url`; alone if there is no address. */
export function link(text: string, console_url: string, hash = ''): string {
    const target = targetOf(console_url);
    return target === '' ? text : `[${text}](${target}${hash})`;
}

/** The hash of a run's place. `filter` is the status, the action, or the reason of the changes to show. */
export function runHash(id: string, filter = ''): string {
    return `#${['runs', id, filter].filter((part) => part !== '').map(encodeURIComponent).join('/')}`;
}

/** The hash of a setting's place, such as `TenantId` or `Policy.mapping.email`; '' for a path that names no setting. */
export function settingHash(path: string): string {
    const [key = '', part = ''] = path.split(/[.[]/);
    if (key === 'Policy') {
        return part === 'scope' ? '#users' : part === 'mapping' ? '#mapping' : '#lifecycle';
    }
    return isSettingKey(key) ? `#${tabOfSetting(key)}/${key}` : '';
}

/** Where the page is in the System Console, as a link. */
export function placeLink(locale: Locale, console_url: string, hash = ''): string {
    return link(translate(locale, 'command.place'), console_url, hash);
}
