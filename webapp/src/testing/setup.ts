import '@testing-library/jest-dom';
import {configure} from '@testing-library/dom';

import '../sync/messages/catalogues';

/** How long (ms) a test waits for what a component shows: on a busy machine the first drawing takes longer than the usual second. */
configure({asyncUtilTimeout: 4_000});

// jsdom draws nothing, so nothing is in or out of view.
if (typeof Element !== 'undefined') {
    Element.prototype.scrollIntoView = () => undefined;
}
