import {useEffect, useState} from 'react';
import {useIntl} from 'react-intl';

import {localeOf} from '../../sync/messages/locale';

/** A cron expression in the reader's language; '' until the words are loaded, and where there are none. */
export function useCronWords(expression: string): string {
    const locale = localeOf(useIntl().locale);
    const [words, setWords] = useState({expression: '', text: ''});
    useEffect(() => {
        let isCurrent = true;
        const show = (text: string) => isCurrent && setWords({expression, text});

        // Without the words there are still the times: a browser that cannot load them misses nothing else.
        import('./cron_words').then(({cronWords}) => show(cronWords(expression, locale)), () => show(''));
        return () => {
            isCurrent = false;
        };
    }, [expression, locale]);
    return words.expression === expression ? words.text : '';
}
