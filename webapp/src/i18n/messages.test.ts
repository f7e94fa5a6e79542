import {createIntl} from 'react-intl';

import {en as englishCatalogue} from '../sync/messages/en';
import {ko as koreanCatalogue} from '../sync/messages/ko';
import {messagesOf} from '../testing/messages_of';

import pageEnglish from './en.json';
import pageKorean from './ko.json';
import loadingEnglish from './loading.en.json';
import loadingKorean from './loading.ko.json';

const en = {...pageEnglish, ...loadingEnglish};
const ko = {...pageKorean, ...loadingKorean};

/** Names of the values that a message takes, without the text inside plural forms. */
function placeholders(message: string): string[] {
    return [...new Set([...message.matchAll(/\{([a-z_]+)[},]/g)].map((match) => match[1] as string))].sort();
}

const intls = ['en', 'ko'].map((locale) => createIntl({locale, messages: messagesOf(locale), onError: (error) => {
    throw error;
}}));

test('Korean has every message that English has, and no other', () => {
    expect(Object.keys(ko).sort()).toEqual(Object.keys(en).sort());
});

test.each(Object.keys(en) as Array<keyof typeof en>)('%s takes the same values in both languages and formats', (id) => {
    expect(placeholders(ko[id])).toEqual(placeholders(en[id]));
    const values = Object.fromEntries(placeholders(en[id]).map((name) => [name, 2]));
    for (const intl of intls) {
        expect(intl.formatMessage({id}, values)).not.toContain('{');
    }
});

test('no Korean message is left in English', () => {
    const same = (Object.keys(en) as Array<keyof typeof en>).filter((id) => en[id] === ko[id]);
    expect(same).toEqual(['entrasync.run.done', 'entrasync.sign_in.gitlab', 'entrasync.sign_in.office365', 'entrasync.sign_in.openid', 'entrasync.sign_in.saml']);
});

test.each([
    'whoever', 'whom', 'nobody', 'somebody', 'everybody', 'anybody', 'person', 'people', 'e-mail', 'licence', 'anew', 'shall', 'lest', 'hence', 'thus',
    'leavers?', 'returners?', 'g[ia]ve[ns]? up', 'f[ae]lls? out', 't[ao]ke[ns]? .*over', 'becomes? of', 'as it were', 'by hand', 'meanwhile', 'any more',
])('English says it as docs/glossary.md does, and not “%s”', (words) => {
    const banned = new RegExp(`\\b${words}\\b`, 'i');
    expect(Object.entries({...en, ...englishCatalogue}).filter(([, message]) => banned.test(message.replace(/\{[a-z_]+/g, '')))).toEqual([]);
});

test.each(['특성', '로그인 정보', '로그인 데이터', '미리보기', '퇴사', '“'])('Korean says it as docs/glossary.md does, and not %s', (word) => {
    expect(Object.entries(messagesOf('ko')).filter(([, message]) => message.includes(word))).toEqual([]);
});

test('the catalogue of the sync logic joins under our prefix and hides none of the page\'s messages', () => {
    const all = messagesOf('ko');
    expect(Object.keys(all).every((id) => id.startsWith('entrasync.'))).toBe(true);
    expect(all['entrasync.mode.preview']).toBe(koreanCatalogue['mode.preview']);
    expect(Object.keys(all)).toHaveLength(Object.keys(ko).length + Object.keys(koreanCatalogue).length);
});

test.each([['ko', ko], ['en', en], ['en-AU', en], ['de', en]])('the locale %s reads a language that we speak', (locale, expected) => {
    expect(messagesOf(locale)).toMatchObject(expected);
});
