import type {IntlShape} from 'react-intl';

import {capitalized} from './capitalized';
import type {MessageId} from './message_id';
import {nameOf} from './name_of';

/** Where the parts of the policy are on the page, by the beginning of their path: the tab, and the section or setting on it. A longer beginning comes first. */
const places: ReadonlyArray<readonly [path: string, tab: MessageId, part?: MessageId]> = [
    ['scope.allow', 'entrasync.tab.users', 'entrasync.users.allow_title'],
    ['scope.deny', 'entrasync.tab.users', 'entrasync.users.deny_title'],
    ['scope.rules', 'entrasync.tab.users', 'entrasync.users.rule_title'],
    ['scope', 'entrasync.tab.users'],
    ['mapping', 'entrasync.tab.mapping'],
    ['accounts.sign_in', 'entrasync.tab.lifecycle', 'entrasync.sign_in.method'],
    ['accounts.reserved_usernames', 'entrasync.tab.lifecycle', 'entrasync.lifecycle.reserved_usernames'],
    ['accounts', 'entrasync.tab.lifecycle', 'entrasync.lifecycle.matching_title'],
    ['lifecycle.leavers', 'entrasync.tab.lifecycle', 'entrasync.lifecycle.leavers_title'],
    ['lifecycle.release_addresses', 'entrasync.tab.lifecycle', 'entrasync.lifecycle.leavers_title'],
    ['lifecycle.protected', 'entrasync.tab.lifecycle', 'entrasync.lifecycle.protected'],
    ['lifecycle', 'entrasync.tab.lifecycle', 'entrasync.lifecycle.lifecycle_title'],
    ['memberships', 'entrasync.tab.memberships'],
    ['guard', 'entrasync.tab.lifecycle', 'entrasync.lifecycle.guard_title'],
    ['limits', 'entrasync.tab.lifecycle', 'entrasync.lifecycle.limits_title'],
    ['history', 'entrasync.tab.lifecycle', 'entrasync.lifecycle.limits_title'],
];

/** The place of a policy path such as `Policy.accounts.sign_in.method` as the page names it; '' for a path that has none. */
export function policyPlaceOf(intl: IntlShape, path: string): string {
    const [key, ...parts] = path.replace(/\[.*/, '').split('.');
    const place = key === 'Policy' && places.find(([start]) => `${parts.join('.')}.`.startsWith(`${start}.`));
    if (!place) {
        return '';
    }
    const names = place.slice(1).map((id) => intl.formatMessage({id: id as MessageId}));
    const field = parts[0] === 'mapping' && parts[1] ? [capitalized(nameOf(intl, 'field', parts[1] === 'attributes' ? 'attribute' : parts[1]), intl.locale)] : [];
    return [...names, ...field].join(' > ');
}
