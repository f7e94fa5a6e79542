import {createIntl} from 'react-intl';

import {readFileSync} from 'fs';
import {join} from 'path';

import {messagesOf} from '../testing/messages_of';

import {policyPlaceOf} from './policy_place';

const schema = JSON.parse(readFileSync(join(__dirname, '../../../docs/policy.schema.json'), 'utf8')) as {properties: Record<string, {properties?: object}>};

const place = (path: string, locale: 'en' | 'ko' = 'en') => policyPlaceOf(createIntl({locale, messages: messagesOf(locale)}), path);

test.each([
    ['Policy.scope.rules[0].when.all[1]', 'Users > Rules'],
    ['Policy.scope.allow.groups[0]', 'Users > Allow lists'],
    ['Policy.scope.guests', 'Users'],
    ['Policy.mapping.first_name.sources', 'Attribute mapping > First name'],
    ['Policy.mapping.attributes', 'Attribute mapping > User attribute'],
    ['Policy.accounts.sign_in', 'Lifecycle > Sign-in method for new accounts'],
    ['Policy.accounts.matching[1]', 'Lifecycle > Account matching'],
    ['Policy.lifecycle.leavers.missing_reads', 'Lifecycle > Deactivation'],
    ['Policy.lifecycle.deactivate', 'Lifecycle > Actions'],
    ['Policy.guard.creations.max_percent', 'Lifecycle > Safety limits'],
    ['Policy', ''],
    ['Policy.later', ''],
    ['Policy.scopes', ''],
    ['TenantId', ''],
    ['', ''],
])('%s is at %j', (path, expected) => {
    expect(place(path)).toBe(expected);
});

test('every part of the policy that the page edits has a place, in Korean too', () => {
    const parts = Object.entries(schema.properties).filter(([, {properties}]) => properties);
    for (const [part, {properties = {}}] of parts) {
        for (const key of Object.keys(properties)) {
            expect(place(`Policy.${part}.${key}`, 'ko')).toMatch(/[가-힣]/);
        }
    }
});
