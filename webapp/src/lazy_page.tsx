import {useMemo, type ComponentType, type ReactNode} from 'react';
import {FormattedMessage, IntlProvider, useIntl} from 'react-intl';
import type {Store} from 'redux';

import type {Messages} from './i18n/language';
import {loadMessages} from './i18n/load_messages';
import {loadingMessages} from './i18n/loading_messages';
import type {CustomSectionProps, CustomSettingProps, Registry} from './registry';
import {localeOf, type Locale} from './sync/messages/locale';
import type * as page from './system_console/shell/page';
import {lazyPart, type MissingProps} from './system_console/widgets/lazy_part';

type Page = typeof page;

/** What the page registers. */
interface LazyPage {
    Section: ComponentType<CustomSectionProps>;
    Setting: ComponentType<CustomSettingProps>;
}

/** The components of the page. It is loaded when one of them is first shown, together with the texts in the reader's language. */
export function lazyPage(registry: Registry, store: Store): LazyPage {
    let isListening = false;
    const pageIn = (locale: Locale) => lazyPart(async () => {
        const [loaded, messages] = await Promise.all([import('./system_console/shell/page'), loadMessages(locale)]);
        if (!isListening) {
            loaded.listen(registry, store);
            isListening = true;
        }
        return {default: ({children}: PageProps) => <WithMessages messages={messages}>{children(loaded)}</WithMessages>};
    }, <ConsoleLoading/>, ConsoleMissing);
    const pages = {en: pageIn('en'), ko: pageIn('ko')};

    function PageInLanguage({children}: PageProps) {
        const locale = localeOf(useIntl().locale);
        const Loaded = pages[locale];
        return <WithMessages messages={loadingMessages[locale]}><Loaded>{children}</Loaded></WithMessages>;
    }
    return {
        Section: (props) => <PageInLanguage>{({SyncSection}) => <SyncSection {...props}/>}</PageInLanguage>,
        Setting: (props) => <PageInLanguage>{({PolicySetting}) => <PolicySetting {...props}/>}</PageInLanguage>,
    };
}

interface PageProps {
    children(page: Page): ReactNode;
}

/** Adds our messages to those of the web client, which the console's own settings on the page still need. */
function WithMessages({messages, children}: {messages: Partial<Messages>; children: ReactNode}) {
    const {locale, timeZone, formats, defaultLocale, textComponent, onError, messages: outer} = useIntl();
    const all = useMemo(() => ({...outer, ...messages}) as Messages, [outer, messages]);
    return (
        <IntlProvider locale={locale} timeZone={timeZone} formats={formats} defaultLocale={defaultLocale} textComponent={textComponent} onError={onError} messages={all}>
            {children}
        </IntlProvider>
    );
}

/** As the console's own pages look while they are loaded. */
function ConsoleLoading() {
    return (
        <div className='loading-screen' role='status'>
            <div className='loading__content'>
                <p><FormattedMessage id='entrasync.loading'/></p>
                <div className='round round-1'/>
                <div className='round round-2'/>
                <div className='round round-3'/>
            </div>
        </div>
    );
}

/** In the console's look: our styles are not loaded either. */
function ConsoleMissing({title, children}: MissingProps) {
    return (
        <div className='banner warning' role='alert'>
            <p><strong>{title}</strong></p>
            {children}
        </div>
    );
}
