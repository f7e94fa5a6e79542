import type {ShownFault} from '../../faults';
import type {Place, Tab} from '../../store/place';
import {isSettingKey, tabOfSetting} from '../../sync/settings/keys';

const tabOfPart = new Map<string, Tab>([['scope', 'users'], ['mapping', 'mapping'], ['memberships', 'memberships']]);

/** The place at which a fault of the settings can be fixed, with the focus on the setting if it has a field of its own; null if there is none. */
export function placeOfFault({code, path = ''}: Pick<ShownFault, 'code' | 'path'>): Partial<Place> | null {
    const key = code === 'not_configured' ? 'TenantId' : path;
    const tab = tabOfPath(key);
    return tab && {tab, focus: isSettingKey(key) && key !== 'Policy' ? key : ''};
}

/** The tab that has the setting of a path such as `TenantId` or `Policy.scope.rules[0].when`; null for a path that names none. */
function tabOfPath(path: string): Tab | null {
    const [key = '', part = ''] = path.split('.');
    if (key === 'Policy') {
        return tabOfPart.get(part.replace(/\[.*/, '')) ?? 'lifecycle';
    }
    return isSettingKey(key) ? tabOfSetting(key) : null;
}
