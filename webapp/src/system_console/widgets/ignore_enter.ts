import type {KeyboardEvent} from 'react';

/** The section is in the console's form: Enter in a box must not save the settings. Buttons and links still take it. */
export function ignoreEnter(event: KeyboardEvent): void {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
        event.preventDefault();
    }
}
