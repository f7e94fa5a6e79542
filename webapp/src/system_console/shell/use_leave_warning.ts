import {useEffect} from 'react';

/** Makes the browser ask before the page is closed or reloaded with settings that are not saved; the console itself asks only before it goes to another of its pages. */
export function useLeaveWarning(isUnsaved: boolean): void {
    useEffect(() => {
        if (!isUnsaved) {
            return undefined;
        }
        const ask = (event: BeforeUnloadEvent) => event.preventDefault();
        window.addEventListener('beforeunload', ask);
        return () => window.removeEventListener('beforeunload', ask);
    }, [isUnsaved]);
}
