import type {ShownFault} from '../../faults';
import type {Tab} from '../../store/place';
import {isSettingKey, tabOfSetting} from '../../sync/settings/keys';

const tabOfPart = new Map<string, Tab>([['scope', 'users'], ['mapping', 'mapping']]);

/** The tab on which a fault of the settings can be fixed, or null if there is none. */
export function tabOfFault({code, path}: Pick<ShownFault, 'code' | 'path'>): Tab | null {
    return code === 'not_configured' ? 'connection' : tabOfPath(path ?? '');
}

/** The tab that has the setting of a path such as `TenantId` or `Policy.scope.rules[0].when`; null for a path that names none. */
function tabOfPath(path: string): Tab | null {
    const [key = '', part = ''] = path.split('.');
    if (key === 'Policy') {
        return tabOfPart.get(part.replace(/\[.*/, '')) ?? 'lifecycle';
    }
    return isSettingKey(key) ? tabOfSetting(key) : null;
}
