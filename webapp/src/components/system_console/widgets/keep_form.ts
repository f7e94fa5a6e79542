import type {KeyboardEvent} from 'react';

/** The section stands in the console's form: Enter in a text box must not save the settings. */
export function keepForm(event: KeyboardEvent): void {
    if (event.key === 'Enter') {
        event.preventDefault();
    }
}
