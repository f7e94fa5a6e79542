import {createIntl} from 'react-intl';

import {errorCodes} from '../errors';
import {settingKeys} from '../settings/keys';
import {reasons} from '../types';

import {en} from './en';
import {errorVariants, type MessageKey} from './keys';
import {ko} from './ko';
import {translate} from './translate';

const messages = {en, ko};
const keys = Object.keys(messages.en) as MessageKey[];

function placeholders(text: string): string[] {
    return [...text.matchAll(/\{([a-z_]+)\}/g)].map(([, name]) => name as string).sort();
}

/** Names that stay in Latin letters in Korean: products, menu items that Microsoft does not translate, literals to type. */
const latinNames = new RegExp([
    'https?://(?:[a-z0-9.]+)?(?:/error)?', '[a-z0-9-]+(?:\\.[a-z0-9-]+)+(?:/error)?', 'docs/[a-z.]+', '/?entrasync( help)?', 'User\\.Read\\.All',
    'GroupMember\\.Read\\.All', 'Microsoft Entra( ID)?', 'Microsoft Graph', 'Microsoft 365', 'Microsoft', 'Mattermost', 'Entra Sync', 'Graph',
    'JSON', 'true', 'false', 'PostgreSQL', 'HTTPS_PROXY', 'NO_PROXY', 'Asia/Seoul', 'IANA', 'IP', 'ID', 'API', 'URL', 'DNS', 'TLS', 'PEM', 'BEGIN', 'END', 'GCC',
    'L4', 'L5', 'LDAP', 'SAML', 'cron', 'common', 'organizations', 'https?', '\\ba\\b', '\\bz\\b',
].join('|'), 'g');

test('both languages have the same sentences with the same placeholders', () => {
    expect(Object.keys(messages.ko).sort()).toEqual([...keys].sort());
    for (const key of keys) {
        expect([key, placeholders(messages.ko[key])]).toEqual([key, placeholders(messages.en[key])]);
    }
});

test('every code, variant, reason and setting has its sentences, and there are no others', () => {
    const errors = [...errorCodes, ...errorVariants].flatMap((code) => [`error.${code}.message`, `error.${code}.hint`]);
    expect(keys.filter((key) => key.startsWith('error.')).sort()).toEqual(errors.sort());
    expect(keys.filter((key) => key.startsWith('reason.')).sort()).toEqual(reasons.map((reason) => `reason.${reason}`).sort());
    expect(keys.filter((key) => key.startsWith('setting.')).sort()).toEqual(settingKeys.map((key) => `setting.${key}`).sort());
});

test('Korean is Korean', () => {
    for (const key of keys) {
        const words = messages.ko[key].replace(/\{[a-z_]+\}/g, '').replace(latinNames, '');
        expect([key, words.match(/[A-Za-z]{2,}/g)]).toEqual([key, null]);
        if (key.startsWith('error.')) {
            expect([key, /[가-힣]/.test(messages.ko[key])]).toEqual([key, true]);
        }
    }
});

test('error messages and hints are whole sentences', () => {
    for (const key of keys.filter((candidate) => candidate.startsWith('error.'))) {
        expect([key, /[.}]$/.test(messages.en[key])]).toEqual([key, true]);
        expect([key, /(다|요)\.$|[}]$/.test(messages.ko[key])]).toEqual([key, true]);
    }
});

test('react-intl reads every sentence as translate does', () => {
    for (const locale of ['en', 'ko'] as const) {
        const intl = createIntl({locale, defaultLocale: locale});
        for (const key of keys) {
            const values = Object.fromEntries(placeholders(messages[locale][key]).map((name) => [name, `<${name}>`]));
            const descriptor = {id: `entrasync.${key}` as const, defaultMessage: messages[locale][key]};
            expect([key, intl.formatMessage(descriptor, values)]).toEqual([key, translate(locale, key, values)]);
        }
    }
});

test('hints carry no value of another side, and messages no address: whoever shows them relies on it', () => {
    for (const key of keys.filter((candidate) => candidate.startsWith('error.'))) {
        for (const locale of ['en', 'ko'] as const) {
            const text = messages[locale][key];
            expect([key, key.endsWith('.hint') ? placeholders(text).filter((name) => name !== 'usage') : /:\/\/[a-z]/.exec(text)]).
                toEqual([key, key.endsWith('.hint') ? [] : null]);
        }
    }
});
