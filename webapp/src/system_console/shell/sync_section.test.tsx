/** @jest-environment jsdom */
import {act, screen} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';

import * as live from '../../live/ask';
import {runReceived, settingsChanged} from '../../store/actions';
import {dataRevision} from '../../store/selectors';
import {giveSizes} from '../../testing/element_sizes';
import {FakeServer} from '../../testing/fake_server';
import {renderPage, savedAction} from '../../testing/render_page';
import {heldRun, noCounts, runningRun, sampleChange, sampleOverview, samplePage, sampleRun, sampleStatus} from '../../testing/samples';

import type {PlainSettingProps} from '../frame/settings';
import {SyncSection} from './sync_section';

// A copy of the module, because spies cannot change the exports of the original.
jest.mock('../../live/ask', () => ({__esModule: true, ...jest.requireActual<object>('../../live/ask')}));

const server = new FakeServer();
const user = userEvent.setup({advanceTimers: jest.advanceTimersByTime});

beforeAll(() => giveSizes({scroller: 600, row: 60}));
beforeEach(() => {
    jest.useFakeTimers();
    server.install();
    server.requests.length = 0;
    server.on('GET /runs', {runs: [], total: 0, page: 0, per_page: 10});
    server.on('GET /runs/run1/changes', samplePage([sampleChange()]));
    server.on('GET /runs/run2/changes', samplePage([]));
});
afterEach(() => {
    server.uninstall();
    jest.useRealTimers();
});

/** The console's own component of a plain setting, as far as a section sees it. */
function Plain({id, label, helpText, regenerateHelpText}: PlainSettingProps) {
    return <p id={id}>{label}{': '}{helpText}{' '}{regenerateHelpText}</p>;
}

function renderSection(options = {}, place = '#runs') {
    window.location.hash = place;
    const idOf = (key: string) => `PluginSettings.Plugins.entrasync.${key}`;
    const settings = [
        <Plain key='TenantId' id={idOf('tenantid')} label='from plugin.json' helpText='from plugin.json'/>,
        <Plain key='TriggerToken' id={idOf('triggertoken')} label='from plugin.json' helpText='from plugin.json' regenerateHelpText='from plugin.json'/>,
        <p key='Policy' id={idOf('policy')}>{'the policy'}</p>,
    ];
    return renderPage(<SyncSection settingsList={settings} sectionTitle='from plugin.json'/>, options);
}

const button = (name: string) => screen.getByRole('button', {name});
const poll = () => act(() => jest.advanceTimersByTimeAsync(2000));

test('a new installation invites to a preview', async () => {
    server.on('GET /status', sampleStatus());
    renderSection();

    expect(screen.getByText('the policy')).toBeVisible();
    expect(await screen.findByText('No runs yet. Start with a preview.')).toBeVisible();
    expect(screen.getByText('Monday, March 3, 2025 at 03:00')).toBeVisible();
    expect(screen.getByText(/\(Asia\/Seoul\)/)).toBeVisible();
    expect(button('Run preview')).toBeEnabled();
    expect(screen.queryByRole('heading', {name: 'Changes'})).not.toBeInTheDocument();
});

test('settings that are missing are named, and nothing can be started', async () => {
    server.on('GET /status', sampleStatus({configured: false, enabled: false, faults: [{code: 'setting_missing', path: 'TenantId'}]}));
    renderSection();

    expect(await screen.findByText('The setting “Directory (tenant) ID” is empty.')).toBeVisible();
    expect(button('Run preview')).toBeDisabled();
    expect(button('Sync now')).toBeDisabled();
});

test('a fault of a setting keeps runs from starting, though everything is filled in', async () => {
    server.on('GET /status', sampleStatus({configured: true, faults: [{code: 'setting_invalid', path: 'Schedule'}]}));
    renderSection();

    expect(await screen.findByText('The value of the setting “Schedule” is not valid.')).toBeVisible();
    expect(button('Run preview')).toBeDisabled();
    await user.click(screen.getByRole('link', {name: 'Fix'}));
    expect(window.location.hash).toBe('#schedule/Schedule');
});

test('a run is started, followed and shown with its changes', async () => {
    server.on('GET /status', sampleStatus({last_run: sampleRun()}));
    renderSection();
    expect(await screen.findByText('Kim Minji (Design)', {selector: 'bdi.EntraSync__name'})).toBeVisible();

    server.on('POST /runs', runningRun(0, 0), 202);
    await user.click(button('Sync now'));
    const bar = await screen.findByRole('progressbar');
    expect(server.sent('POST /runs').at(-1)?.body).toEqual({mode: 'apply'});
    expect(bar).not.toHaveAttribute('aria-valuenow');
    expect(screen.queryByRole('button', {name: 'Sync now'})).not.toBeInTheDocument();

    server.on('GET /runs/run2', runningRun(25, 100));
    await poll();
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '25');
    expect(screen.getByText('25 of 100')).toBeVisible();

    server.on('GET /runs/run2', runningRun(0, 0, {state: 'succeeded', progress: null}));
    await poll();
    expect(screen.queryByRole('progressbar')).not.toBeInTheDocument();
    expect(await screen.findByText('This run has no changes.')).toBeVisible();
    expect(button('Sync now')).toBeEnabled();
});

test('a slowed schedule and accounts over the user limit are reported', async () => {
    const quarantine = {failures: 3, since: Date.UTC(2025, 2, 1, 3), next_at: Date.UTC(2025, 2, 1, 11)};
    server.on('GET /status', sampleStatus({quarantine, last_run: sampleRun({does_not_fit: 12})}));
    renderSection();

    expect(await screen.findByText(/^Retries are spaced further apart because 3 scheduled runs have failed since/)).toHaveTextContent('The next scheduled run starts no earlier than Mar 1, 2025');
    expect(screen.getByText(/^12 new accounts exceed the user limit/)).toBeVisible();
});

test('an event moves the bar without a request, and only the phase is read aloud', async () => {
    server.on('GET /status', sampleStatus({current_run: runningRun(1, 100)}));
    const {store} = renderSection();
    await screen.findByRole('progressbar');
    const asked = server.requests.length;

    act(() => {
        store.dispatch(runReceived(runningRun(60, 100)));
    });

    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '60');
    expect(server.requests).toHaveLength(asked);
    expect(screen.getByText('applying changes', {selector: '[role=status]'})).toBeInTheDocument();
});

test('a run that the schedule starts leaves the changes on the screen as they are, until an administrator opens it', async () => {
    server.on('GET /status', sampleStatus({last_run: sampleRun()}));
    server.on('GET /runs/run2/changes', samplePage([sampleChange({display_name: 'Lee New', seq: 5})]));
    const {store} = renderSection();
    await user.type(await screen.findByRole('searchbox', {name: /^Search by/}), 'kim');

    act(() => void store.dispatch(runReceived(runningRun(0, 1, {trigger: 'schedule'}))));
    expect(screen.getByText('A newer run has started.')).toBeVisible();
    expect(screen.getByRole('searchbox', {name: /^Search by/})).toHaveValue('kim');

    await user.click(button('Show newer run'));
    expect(screen.getByRole('region', {name: 'Changes'})).toHaveFocus();
    expect(await screen.findByText('Lee New', {selector: 'bdi'})).toBeVisible();
    expect(screen.queryByText('A newer run has started.')).not.toBeInTheDocument();
});

test('a run that another administrator started wins: the page follows it', async () => {
    server.on('GET /status', sampleStatus());
    renderSection();
    await screen.findByText(/No runs yet. Start/);

    server.on('POST /runs', {code: 'run_in_progress', message: 'Another run is in progress.', hint: 'Wait.'}, 409);
    server.on('GET /status', sampleStatus({current_run: runningRun(1, 2)}));
    await user.click(button('Run preview'));

    expect(await screen.findByRole('alert')).toHaveTextContent('Another run is in progress.');
    expect(await screen.findByRole('progressbar')).toBeVisible();
});

test('that another run is in the way is not said any more once that has ended', async () => {
    server.on('GET /status', sampleStatus());
    const {store} = renderSection();
    await screen.findByText(/No runs yet. Start/);
    server.on('POST /runs', {code: 'run_in_progress', message: 'Another run is in progress.', hint: 'Wait.'}, 409);
    server.on('GET /status', sampleStatus({current_run: runningRun(1, 2)}));
    await user.click(button('Run preview'));
    expect(await screen.findByRole('alert')).toHaveTextContent('Another run is in progress.');

    act(() => void store.dispatch(runReceived(runningRun(2, 2, {state: 'succeeded', finished_at: 1}))));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test.each(['#users', '#schedule', '#connection'])('a refused approval is shown on the tab %s as well', async (place) => {
    server.on('GET /status', sampleStatus({held_run: heldRun()}));
    server.on('GET /overview', sampleOverview());
    server.on('GET /runs/run1/changes', samplePage([], 2));
    renderSection({}, place);
    server.on('POST /runs/run1/discard', {code: 'run_in_progress', message: 'Another run is in progress.', hint: 'Wait.'}, 409);
    await user.click(await screen.findByRole('button', {name: 'Discard all'}));
    await user.click(await screen.findByRole('button', {name: /^Discard [0-9]/}));

    expect(await screen.findByText('Another run is in progress.')).toBeVisible();
});

test('what the browser has missed is requested from time to time, and when the page is seen again', async () => {
    server.on('GET /status', sampleStatus());
    renderSection();
    await screen.findByText(/No runs yet. Start/);
    const see = (visibility: DocumentVisibilityState) => act(async () => {
        Object.defineProperty(document, 'visibilityState', {configurable: true, value: visibility});
        document.dispatchEvent(new Event('visibilitychange', {bubbles: true}));
    });

    await see('hidden');
    await act(() => jest.advanceTimersByTimeAsync(180_000));
    expect(server.sent('GET /status')).toHaveLength(1);
    await see('visible');
    expect(server.sent('GET /status')).toHaveLength(2);
    server.on('GET /status', sampleStatus({current_run: runningRun(1, 2)}));
    await act(() => jest.advanceTimersByTimeAsync(60_000));
    expect(await screen.findByRole('progressbar')).toBeVisible();
});

test('a running run can be canceled', async () => {
    server.on('GET /status', sampleStatus({current_run: runningRun(1, 2)}));
    renderSection();

    server.on('POST /runs/run2/cancel', runningRun(1, 2, {state: 'cancelled', progress: null, error: {code: 'cancelled'}}), 202);
    await user.click(await screen.findByRole('button', {name: 'Cancel run'}));

    expect(await screen.findByText('The run was canceled.')).toBeVisible();
});

test('a run that ended before it had read any users says so, not that there are no users', async () => {
    const run = sampleRun({mode: 'apply', state: 'cancelled', counts: noCounts});
    server.on('GET /status', sampleStatus({last_run: run}));
    server.on('GET /runs', {runs: [run, sampleRun({id: 'run3', state: 'failed', counts: noCounts, error: {code: 'secret_expired'}})], total: 2, page: 0, per_page: 10});
    renderSection();

    expect(await screen.findAllByText('The run ended before it read or changed anything.')).toHaveLength(2);
    expect(screen.queryByText('In the directory')).not.toBeInTheDocument();
    expect(screen.getByRole('cell', {name: /secret.* expired/i})).toBeVisible();
    expect(screen.queryByText(/Unchanged 0/)).not.toBeInTheDocument();
});

test('the page keeps following when one question fails', async () => {
    server.on('GET /status', sampleStatus({current_run: runningRun(1, 2)}));
    const {store} = renderSection();
    await screen.findByRole('progressbar');

    server.onRequest('GET /runs/run2', () => new TypeError('Failed to fetch'));
    await poll();
    expect(screen.getByRole('alert')).toHaveTextContent('Mattermost cannot be reached.');

    server.on('GET /runs/run2', runningRun(2, 2));
    await poll();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(screen.getByText('2 of 2')).toBeVisible();

    server.onRequest('GET /runs/run2', () => new TypeError('Failed to fetch'));
    await poll();
    act(() => void store.dispatch(runReceived(runningRun(2, 2, {state: 'succeeded'}))));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('a failed run says why, in Korean as well', async () => {
    const error = {code: 'secret_expired' as const, raw: {code: 'AADSTS7000222', trace_id: 'trace-9'}};
    server.on('GET /status', sampleStatus({last_run: sampleRun({state: 'failed', error})}));
    renderSection({locale: 'ko'});

    const alert = await screen.findByRole('alert');
    expect(screen.getByRole('tablist', {name: '동기화'})).toBeVisible();
    expect(screen.getByRole('tab', {name: '실행', selected: true})).toBeVisible();
    expect(screen.queryByText('from plugin.json')).not.toBeInTheDocument();
    expect(alert).toHaveTextContent('만료');
    expect(alert).toHaveTextContent('AADSTS7000222');
    expect(alert).toHaveTextContent('trace-9');
    expect(button('지금 동기화')).toBeEnabled();
});

test('unsaved settings keep runs from starting until the console has saved', async () => {
    server.on('GET /status', sampleStatus());
    const {store} = renderSection({isUnsaved: true});
    await screen.findByText(/No runs yet. Start/);
    expect(screen.getByText('You have unsaved changes.')).toBeVisible();
    expect(button('Sync now')).toBeDisabled();

    act(() => {
        store.dispatch(savedAction);
    });

    expect(button('Sync now')).toBeEnabled();
    await act(() => jest.advanceTimersByTimeAsync(0));
    expect(server.sent('GET /status')).toHaveLength(2);
});

test('a secret that another administrator has replaced voids the connection test', async () => {
    server.on('GET /status', sampleStatus({settings_revision: 'a1'}));
    server.on('GET /overview', sampleOverview());
    server.on('POST /connection/test', {ok: true, steps: [{step: 'token', ok: true, detail: 'Contoso', code: '', message: '', hint: '', raw: null}]});
    const {store} = renderSection({}, '#connection');
    await poll();
    await user.click(await screen.findByRole('button', {name: 'Test connection'}));
    expect(await screen.findByText('The connection test succeeded.')).toBeVisible();

    server.on('GET /status', sampleStatus({settings_revision: 'b2'}));
    act(() => void store.dispatch(settingsChanged('b2')));
    expect(await screen.findByText(/have not been tested since/)).toBeVisible();
    expect(screen.queryByText('The connection test succeeded.')).not.toBeInTheDocument();
});

test('tabs are walked through by keyboard, and the address knows the place', async () => {
    server.on('GET /status', sampleStatus());
    renderSection({}, '');
    expect(await screen.findByRole('tab', {name: 'Overview', selected: true})).toBeVisible();

    screen.getByRole('tab', {name: 'Overview'}).focus();
    await user.keyboard('{ArrowRight}');
    expect(screen.getByRole('tab', {name: 'Connection', selected: true})).toHaveFocus();
    expect(window.location.hash).toBe('#connection');
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(screen.getByRole('tab', {name: 'Runs', selected: true})).toHaveFocus();
    await user.keyboard('{Home}');
    expect(screen.getByRole('tab', {name: 'Overview', selected: true})).toHaveFocus();
    await user.keyboard('{End}');
    expect(window.location.hash).toBe('#runs');
    expect(screen.getAllByRole('tab').filter(({tabIndex}) => tabIndex === 0)).toHaveLength(1);
});

test.each([['en', 'Directory (tenant) ID: Shown on the Overview page'], ['ko', '디렉터리(테넌트) ID: Microsoft Entra 관리 센터']])('plain settings speak the reader\'s language: %s', async (locale, words) => {
    server.on('GET /status', sampleStatus());
    renderSection({locale}, '#connection');

    expect(await screen.findByText(new RegExp(`^${words.replace(/[()]/g, '\\$&')}`))).toBeVisible();
    expect(screen.queryByText(/from plugin.json/)).not.toBeInTheDocument();
});

test.each([['en', /stops working as soon as you save\.$/], ['ko', /이전 토큰.*저장하면/]])('what happens to an old token is shown in the reader\'s language: %s', async (locale, words) => {
    server.on('GET /status', sampleStatus());
    renderSection({locale}, '#schedule');

    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.queryByText(/from plugin.json/)).not.toBeInTheDocument();
});

test('a plugin that does not answer is said so once, the settings stay, and it can be asked again', async () => {
    server.on('GET /status', 'Bad gateway', 502);
    server.on('GET /runs', 'Bad gateway', 502);
    renderSection();

    expect(await screen.findAllByText('Entra Sync is not responding.')).toHaveLength(1);
    expect(screen.getByText('the policy')).toBeVisible();
    expect(button('Run preview')).toBeDisabled();

    server.on('GET /status', sampleStatus());
    server.on('GET /runs', {runs: [], total: 0, page: 0, per_page: 10});
    await user.click(button('Try again'));

    expect(await screen.findByText(/No runs yet. Start/)).toBeVisible();
    expect(screen.getByRole('heading', {name: 'Run history'})).toBeVisible();
    expect(screen.queryByText('Entra Sync is not responding.')).not.toBeInTheDocument();
});

describe('a user who is not a system administrator', () => {
    const words = 'Only system admins can see the sync status and start runs.';
    beforeEach(() => {
        for (const route of ['GET /status', 'GET /overview', 'GET /runs']) {
            server.on(route, {code: 'forbidden', message: 'Only system admins can do this.', hint: 'Ask one.'}, 403);
        }
    });

    test.each(['#overview', '#runs'])('sees that in place of %s', async (place) => {
        renderSection({}, place);

        expect(await screen.findByText(words)).toBeVisible();
        expect(screen.queryByRole('button', {name: 'Run preview'})).not.toBeInTheDocument();
        expect(screen.queryByText('Only system admins can do this.')).not.toBeInTheDocument();
    });

    test('sees the settings without what only an administrator can do with them', async () => {
        renderSection({}, '#connection');

        expect(await screen.findByText(words)).toBeVisible();
        expect(screen.getByText(/^Directory \(tenant\) ID/)).toBeVisible();
        expect(screen.queryByRole('button', {name: 'Test connection'})).not.toBeInTheDocument();
    });

    test('reads it in Korean', async () => {
        renderSection({locale: 'ko'}, '#users');

        expect(await screen.findByText('시스템 관리자만 동기화 상태를 보고 실행을 시작할 수 있습니다.')).toBeVisible();
        expect(screen.getByText('the policy')).toBeVisible();
    });
});

test('another directory in the saved settings makes the page forget the users of the old one; another policy does not', async () => {
    const saved = (settings: object) => server.on('GET /api/v4/config', {PluginSettings: {Plugins: {entrasync: settings}}});
    saved({tenantid: 'a', policy: {}});
    server.on('GET /status', sampleStatus({settings_revision: 'a1'}));
    const {store} = renderSection();
    await screen.findByText(/No runs yet. Start/);
    const before = dataRevision(store.getState());
    const change = async (revision: string) => {
        server.on('GET /status', sampleStatus({settings_revision: revision}));
        await act(async () => void store.dispatch(settingsChanged(revision)));
        await poll();
        return dataRevision(store.getState());
    };

    saved({tenantid: 'a', policy: {version: 1}});
    expect(await change('b2')).toBe(before);
    saved({tenantid: 'b', policy: {version: 1}});
    expect(await change('c3')).not.toBe(before);
});

test('leaving the page ends the questions, and the worker', async () => {
    const end = jest.spyOn(live, 'endLive');
    server.on('GET /status', sampleStatus({current_run: runningRun(1, 2)}));
    const {unmount} = renderSection();
    await screen.findByRole('progressbar');
    unmount();
    expect(end).toHaveBeenCalledTimes(1);
    const asked = server.requests.length;

    await poll();

    expect(server.requests).toHaveLength(asked);
});

test('the page has no fault that axe finds', async () => {
    server.on('GET /status', sampleStatus({current_run: runningRun(1, 2), last_run: sampleRun(), faults: [{code: 'schedule_invalid'}]}));
    server.on('GET /runs', {runs: [sampleRun()], total: 25, page: 0, per_page: 10});
    server.on('GET /runs/run2/changes', samplePage([sampleChange({error: {code: 'email_taken', raw: {code: 'x'}}})]));
    const {container} = renderSection();
    await screen.findAllByRole('table');
    jest.useRealTimers();

    const {violations} = await axe.run(container, {rules: {'color-contrast': {enabled: false}}});

    expect(violations.map(({id, nodes}) => ({id, where: nodes.map((node) => node.html)}))).toEqual([]);
});

test('the browser asks before unsaved settings are left', async () => {
    server.on('GET /status', sampleStatus());
    const {store} = renderSection({isUnsaved: true});
    await screen.findByText(/No runs yet. Start/);
    const leave = () => window.dispatchEvent(new Event('beforeunload', {cancelable: true}));

    expect(leave()).toBe(false);
    await act(async () => {
        store.dispatch(savedAction);
    });
    expect(leave()).toBe(true);
});
