import {QueryClientProvider, notifyManager} from '@tanstack/react-query';
import {act, render} from '@testing-library/react';
import type {ReactElement} from 'react';
import {IntlProvider} from 'react-intl';
import {Provider} from 'react-redux';
import {combineReducers, legacy_createStore} from 'redux';

import {pluginId} from '../manifest';
import {reducer} from '../store/reducer';
import {newQueryClient} from '../system_console/shell/query_client';

import {messagesOf} from './messages_of';
import './resize_observer';

// Tests with a halted clock see an answer as soon as it is there.
notifyManager.setScheduler(queueMicrotask);
notifyManager.setNotifyFunction((notify) => act(notify));

interface Options {
    locale?: string;

    /** The console has settings that are not saved. */
    isUnsaved?: boolean;
}

/** Renders within what the web client gives a plugin: its store and its messages. A message that is missing fails the test. */
export function renderPage(element: ReactElement, {locale = 'en', isUnsaved = false}: Options = {}) {
    const store = legacy_createStore(combineReducers({
        [`plugins-${pluginId}`]: reducer,
        views: (state = {admin: {navigationBlock: {blocked: isUnsaved}}}, action: {type: string}) => (
            action.type === savedAction.type ? {admin: {navigationBlock: {blocked: false}}} : state
        ),
    }));
    // A failure is shown at once; the rule for retries has its own test.
    const client = newQueryClient();
    client.setDefaultOptions({queries: {...client.getDefaultOptions().queries, retry: false}});
    const fail = (error: Error) => {
        throw error;
    };
    const within = (shown: ReactElement) => (
        <Provider store={store}>
            <IntlProvider locale={locale} messages={messagesOf(locale)} timeZone='Asia/Seoul' onError={fail}>
                <QueryClientProvider client={client}>{shown}</QueryClientProvider>
            </IntlProvider>
        </Provider>
    );
    const page = render(within(element));
    return {store, ...page, rerender: (next: ReactElement) => page.rerender(within(next))};
}

/** The console has saved its settings. */
export const savedAction = {type: 'test/settings_saved'};
