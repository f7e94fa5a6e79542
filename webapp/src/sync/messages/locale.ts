import type {Locale} from '../lists';

export type {Locale};

/** The catalogue for a Mattermost locale, a BCP 47 tag or the first of an Accept-Language; English for any other language. */
export function localeOf(locale: unknown): Locale {
    const language = typeof locale === 'string' ? locale.trim().toLowerCase().split(/[^a-z]/)[0] : '';
    return language === 'ko' ? 'ko' : 'en';
}
