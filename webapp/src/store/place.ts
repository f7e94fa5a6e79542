import {actions, changeStatuses, type Action, type ChangeStatus} from '../sync/lists';
import type {Reason} from '../sync/reasons';
import {isSettingKey, tabOfSetting, type SettingKey} from '../sync/settings/keys';

/** The current place on the page. It is in the hash of the address, so that it survives a reload and can be shared. */

export const tabs = ['overview', 'connection', 'users', 'mapping', 'memberships', 'lifecycle', 'schedule', 'runs'] as const;

export type Tab = typeof tabs[number];

export interface Place {
    tab: Tab;

    /** The run whose changes are shown; '' is the newest. Only with the tab `runs`. */
    run: string;

    /** With which status the changes of the run are shown first; '' is any. */
    status: ChangeStatus | '';

    /** The same with which action; never together with a status. */
    action: Action | '';

    /** The same with which reason, of those that something leads to; alone as well. */
    reason: Extract<Reason, 'retry_waits'> | '';

    /** The object id of the user whose history is shown, or ''. Only with the tab `runs`. */
    person: string;

    /** The ID of the team or channel whose members are shown, or ''. Only with the tab `runs`. */
    target: string;

    /** What has the focus: a setting of the tab, or the button of the connection test. '' is neither. */
    focus: SettingKey | 'test' | '';
}

export const startingPlace: Place = {tab: 'overview', run: '', status: '', action: '', reason: '', person: '', target: '', focus: ''};

/** The place that a hash such as `#runs/person/<object id>` or `#schedule/TimeZone` names; the start for one that names none. */
export function placeOf(hash: string): Place {
    const [tab = '', first = '', second = ''] = hash.replace(/^#/, '').split('/').map(decoded);
    if (!isTab(tab)) {
        return startingPlace;
    }
    if (tab !== 'runs') {
        return {...startingPlace, tab, focus: focusOf(tab, first)};
    }
    if (first === 'person' || first === 'target') {
        return {...startingPlace, tab, [first]: second};
    }
    return {...startingPlace, tab, run: first, ...filterOf(second)};
}

/** The hash for a place, with its `#`. */
export function hashOf({tab, run, status, action, reason, person, target, focus}: Place): string {
    const parts = person !== '' ? ['person', person] : target !== '' ? ['target', target] : [run, run && (status || action || reason)];
    return `#${[tab, ...(tab === 'runs' ? parts : [focus])].filter((part) => part !== '').map(encodeURIComponent).join('/')}`;
}

function isTab(name: string): name is Tab {
    return (tabs as readonly string[]).includes(name);
}

function focusOf(tab: Tab, name: string): Place['focus'] {
    if (name === 'test') {
        return tab === 'connection' ? name : '';
    }
    return isSettingKey(name) && tabOfSetting(name) === tab ? name : '';
}

/** No status is called as an action or a reason is. */
function filterOf(name: string): Pick<Place, 'status' | 'action' | 'reason'> {
    return {
        status: changeStatuses.find((status) => status === name) ?? '',
        action: actions.find((action) => action === name) ?? '',
        reason: name === 'retry_waits' ? name : '',
    };
}

/** An address can have any text: what cannot be decoded names nothing. */
function decoded(part: string): string {
    try {
        return decodeURIComponent(part);
    } catch {
        return '';
    }
}
