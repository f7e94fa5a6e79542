/** @jest-environment jsdom */
import {act, render, screen} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {FormattedMessage, IntlProvider} from 'react-intl';
import {Provider} from 'react-redux';
import {combineReducers, legacy_createStore, type Reducer} from 'redux';

import * as load from './i18n/load_messages';
import {lazyPage} from './lazy_page';
import type {Registry, WebSocketMessage} from './registry';
import {runEvent} from './store/events';
import {FakeServer} from './testing/fake_server';
import {runningRun, sampleOverview, sampleStatus} from './testing/samples';

// A copy of the module, because spies cannot change the exports of the original.
jest.mock('./i18n/load_messages', () => ({__esModule: true, ...jest.requireActual<object>('./i18n/load_messages')}));

const server = new FakeServer();

/** The first import compiles the whole page. */
beforeAll(() => Promise.all([import('./system_console/shell/page'), load.loadMessages('en'), load.loadMessages('ko')]), 60_000);

beforeEach(() => {
    server.install();
    server.on('GET /status', sampleStatus({current_run: runningRun(3, 100)}));
    server.on('GET /overview', sampleOverview());
    server.on('GET /runs', {runs: [], total: 0, page: 0, per_page: 10});
});
afterEach(() => server.uninstall());

/** The web client, as far as the page sees it. */
function openClient() {
    const handlers = new Map<string, (message: WebSocketMessage) => void>();
    const views = (state = {}) => state;
    const store = legacy_createStore(combineReducers({views}) as Reducer);
    const registry = {
        registerReducer: jest.fn((reducer: Reducer) => store.replaceReducer(combineReducers({views, 'plugins-entrasync': reducer}) as Reducer)),
        registerWebSocketEventHandler: jest.fn((event: string, handler: (message: WebSocketMessage) => void) => handlers.set(event, handler)),
    };
    const {Section} = lazyPage(registry as unknown as Registry, store);
    const settings = [<p key='own' id='own'><FormattedMessage id={'client.own' as never}/></p>];
    const section = <Section settingsList={settings} sectionTitle='from plugin.json'/>;
    const within = (locale: string) => (
        <Provider store={store}>
            <IntlProvider locale={locale} messages={{'client.own': 'A text of the web client'} as never} onError={(error) => {
                throw error;
            }}>{section}<FormattedMessage id={'client.own' as never}/></IntlProvider>
        </Provider>
    );
    const open = (locale = 'en') => {
        window.location.hash = '#overview';
        const {rerender} = render(within(locale));
        return {speak: (other: string) => rerender(within(other))};
    };
    return {registry, handlers, open};
}

test('registers nothing with the store before the page is opened', () => {
    const {registry} = openClient();
    expect(registry.registerReducer).not.toHaveBeenCalled();
    expect(registry.registerWebSocketEventHandler).not.toHaveBeenCalled();
});

test('says that it is loading, then shows a run that began before and follows its events', async () => {
    const {registry, handlers, open} = openClient();
    open();
    expect(screen.getByRole('status')).toHaveTextContent('Loading');

    expect(await screen.findByRole('progressbar')).toHaveAttribute('aria-valuenow', '3');
    expect(registry.registerReducer).toHaveBeenCalledTimes(1);
    act(() => handlers.get(runEvent)!({event: runEvent, data: {run: JSON.stringify(runningRun(100, 100, {state: 'succeeded'}))}}));
    expect(screen.queryByRole('progressbar')).not.toBeInTheDocument();
});

test('speaks the language that the client changes to, and listens only once', async () => {
    const {registry, open} = openClient();
    const {speak} = open();
    expect(await screen.findByRole('tab', {name: 'Runs'})).toBeVisible();
    speak('ko');
    expect(await screen.findByRole('tab', {name: '실행'})).toBeVisible();
    expect(registry.registerReducer).toHaveBeenCalledTimes(1);
});

test('can be loaded again when a part was missing', async () => {
    jest.spyOn(load, 'loadMessages').mockRejectedValueOnce(new Error('ChunkLoadError'));
    const {open} = openClient();
    open();
    expect(await screen.findByRole('alert')).toHaveTextContent('This part of the page could not be loaded.');
    await userEvent.click(screen.getByRole('button', {name: 'Try again'}));
    expect(await screen.findByRole('tab', {name: 'Runs'})).toBeVisible();
});
