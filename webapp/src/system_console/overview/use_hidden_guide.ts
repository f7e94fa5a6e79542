import {useState} from 'react';

import {pluginId} from '../../manifest';

const key = `${pluginId}_setup_guide_hidden`;

/** Whether this browser shows the set-up guide; a browser that remembers nothing always begins with it. */
export function useHiddenGuide(): [boolean, (isHidden: boolean) => void] {
    const [isHidden, setIsHidden] = useState(readHidden);
    const hide = (next: boolean) => {
        setIsHidden(next);
        writeHidden(next);
    };
    return [isHidden, hide];
}

function readHidden(): boolean {
    try {
        return window.localStorage.getItem(key) === 'true';
    } catch {
        return false;
    }
}

function writeHidden(isHidden: boolean): void {
    try {
        window.localStorage.setItem(key, String(isHidden));
    } catch {
        // A browser without storage: the choice holds for this visit.
    }
}
