import type {AriaLiveMessages, GroupBase} from 'react-select';
import type {IntlShape} from 'react-intl';

/** What a react-select box says, in the reader's language; its own words are English only. */
export function selectWords<Option, IsMulti extends boolean>(intl: IntlShape) {
    const ariaLiveMessages: AriaLiveMessages<Option, IsMulti, GroupBase<Option>> = {
        guidance: ({context}) => (context === 'value' ? '' : intl.formatMessage({id: `entrasync.select.guidance_${context}`})),
        onChange: ({action, label = ''}) => (
            action === 'initial-input-focus' ? '' :
                action === 'select-option' ? intl.formatMessage({id: 'entrasync.select.chosen'}, {name: label}) : intl.formatMessage({id: 'entrasync.select.cleared'})
        ),
        onFocus: ({label = ''}) => label,
        onFilter: ({resultsMessage}) => resultsMessage,
    };
    return {
        ariaLiveMessages,
        loadingMessage: () => intl.formatMessage({id: 'entrasync.loading'}),
        screenReaderStatus: ({count}: {count: number}) => intl.formatMessage({id: 'entrasync.select.count'}, {count}),
    };
}
