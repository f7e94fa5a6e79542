import {boundedText} from './text';

/** The locales that Mattermost offers (server/public/shared/i18n/i18n.go). */
const OFFERED = [
    'bg', 'de', 'en', 'en-AU', 'es', 'fa', 'fr', 'hu', 'it', 'ja', 'ko', 'nl', 'pl', 'pt-BR', 'ro', 'ru', 'sv', 'tr', 'uk', 'vi',
    'zh-CN', 'zh-TW',
];

/** By lower-case tag, with the languages of which only a regional form is offered. */
const LOCALES = new Map([...OFFERED.map((locale): [string, string] => [locale.toLowerCase(), locale]), ['pt', 'pt-BR'], ['zh', 'zh-CN']]);

/** Chinese written in traditional characters, by script or region. */
const TRADITIONAL_CHINESE = /^zh-.*(hant|tw|hk|mo)/;

/** The locale of Mattermost that fits a BCP 47 tag such as `en-US` or `zh-Hant-HK` best, or '' when none does. */
export function localeOf(tag: string): string {
    const lower = boundedText(tag.trim()).toLowerCase().replace('_', '-');
    const dash = lower.indexOf('-');
    if (dash < 0) {
        return LOCALES.get(lower) ?? '';
    }
    const language = lower.slice(0, dash);
    if (language === 'zh') {
        return TRADITIONAL_CHINESE.test(lower) ? 'zh-TW' : 'zh-CN';
    }
    return LOCALES.get(lower) ?? LOCALES.get(language) ?? '';
}
