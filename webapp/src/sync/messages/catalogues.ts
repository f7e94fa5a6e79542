/** Loads the texts of all languages. Import it where the reader's language is not known in advance. */
import {en} from './en';
import {ko} from './ko';
import {addCatalogue} from './translate';

addCatalogue('en', en);
addCatalogue('ko', ko);
