import type {IntlShape} from 'react-intl';
import type {AriaLiveMessages, GroupBase} from 'react-select';

/** What a react-select box says, in the reader's language; its own words are English only. */
export function selectWords<Option, IsMulti extends boolean>(intl: IntlShape) {
    const ariaLiveMessages: AriaLiveMessages<Option, IsMulti, GroupBase<Option>> = {
        guidance: ({context}) => (context === 'value' ? '' : intl.formatMessage({id: `entrasync.select.guidance_${context}`})),
        onChange: ({action, label = ''}) => {
            switch (action) {
            case 'select-option':
                return intl.formatMessage({id: 'entrasync.select.chosen'}, {name: label});
            case 'deselect-option':
            case 'pop-value':
            case 'remove-value':
                return intl.formatMessage({id: 'entrasync.select.removed'}, {name: label});
            case 'clear':
                return intl.formatMessage({id: 'entrasync.select.cleared'});
            default:
                return '';
            }
        },
        onFocus: ({label = ''}) => label,
        onFilter: ({inputValue, resultsMessage}) => `${inputValue} ${resultsMessage}`,
    };
    return {
        ariaLiveMessages,
        loadingMessage: () => intl.formatMessage({id: 'entrasync.loading'}),
        screenReaderStatus: ({count}: {count: number}) => intl.formatMessage({id: 'entrasync.select.count'}, {count}),
    };
}
