/** @jest-environment jsdom */
import {act, screen, waitFor} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {createElement} from 'react';

import type {SaveAction} from '../../registry';
import {placeChanged, settingsChanged} from '../../store/actions';
import {FakeServer} from '../../testing/fake_server';
import {renderPage} from '../../testing/render_page';
import {sampleStatus} from '../../testing/samples';
import {startingPlace} from '../../store/place';
import {settingsOf, type PlainSettings} from '../frame/settings';

import {PolicySetting} from './policy_setting';
import {ScreenSettings} from './screen_settings';

const server = new FakeServer();
const prefix = 'PluginSettings.Plugins.entrasync.';
const began = {policy: {version: 1}, schedule: '0 3 * * *', timezone: 'Asia/Seoul'};

/** What the server has stored from now on. */
function store(settings: Record<string, unknown>, revision: string): void {
    server.on('GET /status', sampleStatus({settings_revision: revision}));
    server.on('GET /api/v4/config', configOf(settings));
}

function configOf(settings: Record<string, unknown>) {
    return {PluginSettings: {Plugins: {entrasync: settings, other: null}}};
}

beforeEach(() => {
    server.install();
    store(began, 'r1');
});
afterEach(() => server.uninstall());

/** The console with the settings that it has read; `edited` are on the screen and not saved. */
function openConsole({edited, locale}: {edited?: Record<string, unknown>; locale?: string} = {}) {
    const console = {changes: [] as Array<[string, unknown]>, actions: new Set<SaveAction>()};
    const pageOf = (config: Record<string, unknown>, onScreen: Record<string, unknown>) => (
        <ScreenSettings.Provider value={screenOf(onScreen)}>
            <PolicySetting
                id={`${prefix}policy`}
                value={onScreen.policy}
                disabled={false}
                setByEnv={false}
                setSaveNeeded={() => undefined}
                registerSaveAction={(action) => console.actions.add(action)}
                unRegisterSaveAction={(action) => console.actions.delete(action)}
                config={configOf(config) as never}
                onChange={onChange}
            />
        </ScreenSettings.Provider>
    );
    const onChange = (id: string, value: unknown) => console.changes.push([id.slice(prefix.length), value]);
    const read = configOf(began).PluginSettings.Plugins.entrasync;
    const page = renderPage(pageOf(read, read), {isUnsaved: edited !== undefined, ...(locale && {locale})});
    act(() => {
        page.store.dispatch(placeChanged({...startingPlace, tab: 'overview'}));
    });
    if (edited) {
        page.rerender(pageOf(read, {...began, ...edited}));
    }
    return {
        ...page,
        ...console,
        marks: () => console.changes.filter(([key]) => key === 'savedfrom').map(([, value]) => String(value).split(' ')[0]),

        /** The console has tried to save; when it could, the configuration is `saved`. */
        tried: async (saved?: Record<string, unknown>) => {
            if (saved) {
                page.rerender(pageOf(saved, saved));
            }
            await act(async () => {
                await Promise.all([...console.actions].map((action) => action()));
            });
        },
    };
}

function screenOf(settings: Record<string, unknown>): PlainSettings {
    return settingsOf(Object.entries(settings).map(([key, value]) => createElement('input', {id: prefix + key, value: value as never, readOnly: true})));
}

test('an edited page says from which settings it began, once, and each page differently', async () => {
    const one = openConsole({edited: {schedule: '0 4 * * *'}});
    await waitFor(() => expect(one.marks()).toEqual(['r1']));
    const other = openConsole({edited: {schedule: '0 4 * * *'}});
    await waitFor(() => expect(other.marks()).toEqual(['r1']));

    expect(one.changes).not.toEqual(other.changes);
});

test('a page on which nothing is edited changes nothing', async () => {
    const console = openConsole();
    await console.tried();

    expect(console.changes).toEqual([]);
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('the page says so when the server announces other settings', async () => {
    const console = openConsole();
    await waitFor(() => expect(server.sent('GET /api/v4/config')).not.toEqual([]));
    store({...began, timezone: 'Europe/Berlin'}, 'r2');
    act(() => {
        console.store.dispatch(settingsChanged('r2'));
    });

    expect(await screen.findByRole('alert', {}, {timeout: 3000})).toHaveTextContent('Changed settings: Time zone.');
});

test('a saving that was refused is explained, and can be made on purpose', async () => {
    const console = openConsole({edited: {schedule: '0 4 * * *'}});
    await waitFor(() => expect(console.marks()).toEqual(['r1']));
    store({...began, schedule: '0 5 * * *', policy: {version: 1, scope: {guests: true}}}, 'r2');
    await console.tried();
    expect(screen.getByRole('alert')).toHaveTextContent('Changed settings: Schedule and Policy.');
    expect(screen.queryByRole('button', {name: 'Use their changes'})).not.toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', {name: 'Keep my changes'}));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(console.marks()).toEqual(['r1', 'r2']);

    store({...began, schedule: '0 6 * * *'}, 'r3');
    await console.tried();
    expect(screen.getByRole('alert')).toHaveTextContent('Changed settings: Schedule.');
});

test('a page that has saved continues from what it has saved', async () => {
    const console = openConsole({edited: {schedule: '0 4 * * *'}});
    await waitFor(() => expect(console.marks()).toEqual(['r1']));
    const saved = {...began, schedule: '0 4 * * *'};
    store(saved, 'r2');
    await console.tried(saved);

    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    await waitFor(() => expect(console.marks()).toEqual(['r1', 'r2']));
});

test('newer values of settings that are not edited here are used together with the edits', async () => {
    const console = openConsole({edited: {schedule: '0 4 * * *'}});
    await waitFor(() => expect(console.marks()).toEqual(['r1']));
    store({...began, timezone: 'Europe/Berlin'}, 'r2');
    await console.tried();

    await userEvent.click(await screen.findByRole('button', {name: 'Use their changes'}));
    expect(console.changes).toContainEqual(['timezone', 'Europe/Berlin']);
    expect(console.marks()).toEqual(['r1', 'r2']);
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('a replaced secret is reported, although it is never shown', async () => {
    const console = openConsole({locale: 'ko'});
    await waitFor(() => expect(server.sent('GET /api/v4/config')).not.toEqual([]));
    await act(async () => undefined);
    store(began, 'r2');
    await console.tried();

    expect(screen.getByRole('alert')).toHaveTextContent('비밀 값');
});

test('a server that does not answer does not prevent a save', async () => {
    const console = openConsole({edited: {schedule: '0 4 * * *'}});
    server.on('GET /api/v4/config', 'Bad gateway', 502);
    await console.tried();

    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('the action goes with the page', () => {
    const {actions, unmount} = openConsole();
    expect(actions.size).toBe(1);
    unmount();

    expect(actions.size).toBe(0);
});
