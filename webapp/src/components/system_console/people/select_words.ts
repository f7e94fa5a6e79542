import type {IntlShape} from 'react-intl';
import type {AriaLiveMessages, GroupBase, Props} from 'react-select';

type Words<T> = Pick<Props<T, false>, 'loadingMessage' | 'noOptionsMessage' | 'screenReaderStatus' | 'ariaLiveMessages' | 'getOptionLabel'>;

/** Everything that a select box says by itself, in the reader's language. */
export function selectWords<T>(intl: IntlShape, nameOf: (option: T) => string): Words<T> {
    const ariaLiveMessages: AriaLiveMessages<T, false, GroupBase<T>> = {
        guidance: ({context}) => (context === 'menu' ? intl.formatMessage({id: 'entrasync.select.guidance'}) : ''),
        onChange: ({label, action}) => (action === 'select-option' ? intl.formatMessage({id: 'entrasync.select.chosen'}, {name: label}) : ''),
        onFocus: ({focused, context, options}) => (context === 'menu' ? intl.formatMessage(
            {id: 'entrasync.select.focused'}, {name: nameOf(focused), number: options.indexOf(focused) + 1, total: options.length}) : ''),
        onFilter: ({resultsMessage}) => resultsMessage,
    };
    return {
        ariaLiveMessages,
        getOptionLabel: nameOf,
        screenReaderStatus: ({count}) => intl.formatMessage({id: 'entrasync.select.found'}, {count}),
        loadingMessage: () => intl.formatMessage({id: 'entrasync.select.loading'}),
        noOptionsMessage: ({inputValue}) => intl.formatMessage({id: inputValue.trim() === '' ? 'entrasync.select.type' : 'entrasync.select.none'}),
    };
}
