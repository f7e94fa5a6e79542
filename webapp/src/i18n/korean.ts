import {ko as catalogue} from '../sync/messages/ko';

import pageMessages from './ko.json';
import {language} from './language';

/** Loaded by readers of this language only. */
export const messages = language('ko', catalogue, pageMessages);
