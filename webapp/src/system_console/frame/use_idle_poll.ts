import {useEffect} from 'react';

/** In ms. Events tell of everything; this makes up for those that a browser has missed while its connection was lost. */
const idleInterval = 60_000;

/** Asks periodically while the page is visible, and when it becomes visible again. `ask` must be stable. */
export function useIdlePoll(ask: () => void): void {
    useEffect(() => {
        const askIfSeen = () => {
            if (document.visibilityState === 'visible') {
                ask();
            }
        };
        const timer = window.setInterval(askIfSeen, idleInterval);
        document.addEventListener('visibilitychange', askIfSeen);
        return () => {
            window.clearInterval(timer);
            document.removeEventListener('visibilitychange', askIfSeen);
        };
    }, [ask]);
}
