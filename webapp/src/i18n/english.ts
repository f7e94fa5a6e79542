import {en as catalogue} from '../sync/messages/en';

import pageMessages from './en.json';
import {language} from './language';

/** Loaded by readers of this language only. */
export const messages = language('en', catalogue, pageMessages);
