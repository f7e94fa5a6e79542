/** The locales that Mattermost offers (server/public/shared/i18n/i18n.go), by their lower-case tags. */
const LOCALES = new Map([
    'bg', 'de', 'en', 'en-AU', 'es', 'fa', 'fr', 'hu', 'it', 'ja', 'ko', 'nl', 'pl', 'pt-BR', 'ro', 'ru', 'sv', 'tr', 'uk', 'vi',
    'zh-CN', 'zh-TW',
].map((locale) => [locale.toLowerCase(), locale]));

/** Where Chinese is written in traditional characters. */
const TRADITIONAL = new Set(['hant', 'tw', 'hk', 'mo']);

/** The locale of Mattermost that fits a BCP 47 tag such as `en-US` or `zh-Hant-HK` best, or '' when none does. */
export function localeOf(tag: string): string {
    const parts = tag.trim().toLowerCase().split(/[-_]/);
    const language = parts[0]!;
    if (language === 'zh') {
        return parts.some((part) => TRADITIONAL.has(part)) ? 'zh-TW' : 'zh-CN';
    }
    if (language === 'pt') {
        return 'pt-BR';
    }
    return LOCALES.get(parts.join('-')) ?? LOCALES.get(language) ?? '';
}
