import {useEffect, useState, type ComponentType, type MouseEvent, type ReactNode} from 'react';
import {FormattedMessage} from 'react-intl';

import {focusAround} from './focus_around';

/** What shows that a part could not be loaded. */
export interface MissingProps {
    title: ReactNode;
    children: ReactNode;
}

/**
 * A component that is loaded when it is first shown. After an upgrade an open page may ask for a part that the server no longer
 * has: that must not take down the page around it, where settings may wait to be saved.
 */
export function lazyPart<Props extends object>(
    load: () => Promise<{default: ComponentType<Props>}>,
    fallback: ReactNode,
    Missing: ComponentType<MissingProps>,
): ComponentType<Props> {
    let loaded: ComponentType<Props> | null = null;
    return function LazyPart(props: Props) {
        const [Part, setPart] = useState(() => loaded);
        const [failures, setFailures] = useState(0);
        const [tries, setTries] = useState(1);
        useEffect(() => {
            if (loaded) {
                return undefined;
            }
            let isGone = false;
            load().then(
                (part) => {
                    loaded = part.default;
                    return isGone || setPart(() => part.default);
                },
                () => isGone || setFailures(tries),
            );
            return () => {
                isGone = true;
            };
        }, [tries]);
        if (Part) {
            return <Part {...props}/>;
        }
        return failures === tries ? <Retry Missing={Missing} onRetry={() => setTries(tries + 1)}/> : fallback;
    };
}

function Retry({Missing, onRetry}: {Missing: ComponentType<MissingProps>; onRetry(): void}) {
    const retry = (event: MouseEvent<HTMLElement>) => {
        // The button goes with this notice.
        focusAround(event.currentTarget);
        onRetry();
    };
    return (
        <Missing title={<FormattedMessage id='entrasync.part.missing'/>}>
            <p><FormattedMessage id='entrasync.part.hint'/></p>
            <p><button type='button' className='btn btn-tertiary btn-sm' onClick={retry}><FormattedMessage id='entrasync.part.retry'/></button></p>
        </Missing>
    );
}
