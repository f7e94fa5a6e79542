import {useIntl, type IntlShape} from 'react-intl';

type FormatMessage = (descriptor: {id: string}) => string;

/** A text of the console itself. */
export function text(intl: IntlShape, id: string): string {
    return (intl.formatMessage as FormatMessage)({id});
}

export function Text({id}: {id: string}) {
    return <>{text(useIntl(), id)}</>;
}
