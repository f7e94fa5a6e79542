import {useId} from 'react';

/** An ID for an element that is also a valid CSS selector, as React's own are not: Mattermost's performance reporter selects elements by ID. */
export function useElementId(): string {
    return `entrasync-${useId().replace(/[^\w-]/g, '')}`;
}
