import type {Locale} from '../sync/messages/locale';

import en from './loading.en.json';
import ko from './loading.ko.json';

/** What the page shows before its parts are loaded; a few texts, so every language comes with main.js. */
export const loadingMessages: Record<Locale, Record<string, string>> = {en, ko};
