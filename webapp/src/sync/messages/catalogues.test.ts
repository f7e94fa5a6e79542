import {parse, TYPE, type MessageFormatElement} from '@formatjs/icu-messageformat-parser';
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

/** The elements of a message and of its plural forms, without its literal text. */
function elementsOf(elements: MessageFormatElement[]): MessageFormatElement[] {
    return elements.filter(({type}) => type !== TYPE.literal).flatMap((element) => [
        element, ...('options' in element ? elementsOf(Object.values(element.options).flatMap(({value}) => value)) : []),
    ]);
}

function parsed(locale: 'en' | 'ko', key: MessageKey) {
    return elementsOf(parse(messages[locale][key])).filter((element) => element.type !== TYPE.pound);
}

function placeholders(locale: 'en' | 'ko', key: MessageKey): string[] {
    return [...new Set(parsed(locale, key).map(({value}) => value))].sort();
}

/** Names that stay in Latin letters in Korean: products, menu items that Microsoft does not translate, literals to type. */
const latinNames = new RegExp([
    'https?://(?:[a-z0-9.]+)?(?:/error)?', '[a-z0-9-]+(?:\\.[a-z0-9-]+)+(?:/error)?', 'docs/[a-z.]+', '/?entrasync( help)?', 'User\\.Read\\.All',
    'GroupMember\\.Read\\.All', 'Microsoft Entra( ID)?', 'Microsoft Graph', 'Microsoft 365', 'Microsoft', 'Mattermost', 'Entra Sync', 'Graph', 'OpenID Connect',
    'JSON', 'true', 'false', 'PostgreSQL', 'HTTPS_PROXY', 'NO_PROXY', 'Asia/Seoul', 'IANA', 'IP', 'ID', 'API', 'URL', 'DNS', 'TLS', 'PEM', 'EXT', 'Exchange', 'BEGIN', 'END', 'GCC',
    'L4', 'L5', 'LDAP', 'SAML', 'cron', 'common', 'organizations', 'HTTPS', 'https?', '\\ba\\b', '\\bz\\b',
].join('|'), 'g');

test('both languages have the same sentences with the same placeholders', () => {
    expect(Object.keys(messages.ko).sort()).toEqual([...keys].sort());
    for (const key of keys) {
        expect([key, placeholders('ko', key)]).toEqual([key, placeholders('en', key)]);
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
        const words = messages.ko[key].replace(/\{[a-z_]+(, number)?\}|\{[a-z_]+, plural,| other \{/g, '').replace(latinNames, '');
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

const pluralForms = {en: ['one', 'other'], ko: ['other']};

test('messages use text, numbers, and the plural forms of their language', () => {
    for (const locale of ['en', 'ko'] as const) {
        for (const key of keys) {
            for (const element of parsed(locale, key)) {
                const forms = element.type === TYPE.plural ? Object.keys(element.options).filter((form) => !form.startsWith('=')).sort() : pluralForms[locale];
                const isPlain = element.type !== TYPE.number || !element.style;
                expect([key, TYPE[element.type], isPlain, forms]).toEqual([key, expect.stringMatching(/^(argument|number|plural)$/), true, pluralForms[locale]]);
            }
        }
    }
});

test.each([0, 1, 2, 11, 1234, 1_000_000])('react-intl formats every message as translate does, with %d for the numbers', (count) => {
    for (const locale of ['en', 'ko'] as const) {
        const intl = createIntl({locale, defaultLocale: locale});
        for (const key of keys) {
            const texts = Object.fromEntries(placeholders(locale, key).map((name) => [name, `<${name}>`]));
            const numbers = Object.fromEntries(parsed(locale, key).filter(({type}) => type !== TYPE.argument).map(({value}) => [value, count]));
            const descriptor = {id: `entrasync.${key}` as const, defaultMessage: messages[locale][key]};
            expect([key, intl.formatMessage(descriptor, {...texts, ...numbers})]).toEqual([key, translate(locale, key, {...texts, ...numbers})]);
        }
    }
});

test('numbers have plural forms and groups of digits', () => {
    expect(translate('en', 'command.approved', {count: 1})).toContain('Applying 1 held change. ');
    expect(translate('en', 'command.approved', {count: 1234})).toContain('Applying 1,234 held changes. ');
    expect(translate('ko', 'command.approved', {count: 1})).toContain('보류된 변경 1건');
    expect(translate('en', 'command.approved', {})).toContain('Applying … held changes. ');
});

test('hints contain no value of a remote system, and messages no address, because faultLines relies on it', () => {
    for (const key of keys.filter((candidate) => candidate.startsWith('error.'))) {
        for (const locale of ['en', 'ko'] as const) {
            const text = messages[locale][key];
            expect([key, key.endsWith('.hint') ? placeholders(locale, key).filter((name) => name !== 'usage') : /:\/\/[a-z]/.exec(text)]).
                toEqual([key, key.endsWith('.hint') ? [] : null]);
        }
    }
});
