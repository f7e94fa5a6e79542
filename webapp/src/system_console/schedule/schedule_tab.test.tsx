/** @jest-environment jsdom */
import {act, screen, within} from '@testing-library/react';

import type {SettingKey} from '../../sync/settings/keys';
import {FakeServer} from '../../testing/fake_server';
import {samplePlainSettings} from '../../testing/plain_settings';
import {renderPage} from '../../testing/render_page';
import {sampleJob} from '../../testing/sample_job';

import {ScheduleTab} from './schedule_tab';

const server = new FakeServer();
const now = Date.UTC(2025, 2, 1, 3);
const hour = 3_600_000;
const all = {Enabled: true, Schedule: '0 3 * * *', TimeZone: 'Asia/Seoul', IncrementalMinutes: 0, TriggerToken: '', WebhookUrl: '', WebhookSecret: ''};

beforeEach(() => {
    jest.useFakeTimers({now});
    server.install();
    server.requests.length = 0;
    server.on('POST /schedule/next', {times: [0, 1, 2, 3, 4].map((day) => now + ((15 + (24 * day)) * hour))});
});
afterEach(() => {
    server.uninstall();
    jest.useRealTimers();
});

const tab = (change: Partial<Record<SettingKey, unknown>>) => <ScheduleTab job={sampleJob()} settings={samplePlainSettings({...all, ...change})}/>;
const pass = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

async function renderTab(change: Partial<Record<SettingKey, unknown>> = {}, locale = 'en') {
    const page = renderPage(tab(change), {locale});
    await pass(0);
    return page;
}

const times = () => within(screen.getByRole('list')).getAllByRole('listitem').map(({textContent}) => textContent);

test('a schedule is read in words, with the next five times by the clock of its zone', async () => {
    await renderTab({TimeZone: 'America/New_York'});

    expect(screen.getByText('At 03:00, every day')).toBeVisible();
    expect(screen.getByText('Next runs with these settings (America/New_York):')).toBeVisible();
    expect(times()).toEqual([
        'Saturday, March 1, 2025 at 13:00 in 15 hours',
        'Sunday, March 2, 2025 at 13:00',
        'Monday, March 3, 2025 at 13:00',
        'Tuesday, March 4, 2025 at 13:00',
        'Wednesday, March 5, 2025 at 13:00',
    ]);
    expect(server.sent('POST /schedule/next')[0]?.body).toEqual({schedule: '0 3 * * *', time_zone: 'America/New_York'});
});

test('the same in Korean', async () => {
    await renderTab({Schedule: '30 7 * * 1-5'}, 'ko');

    expect(screen.getByText('07:30, 월요일부터 금요일까지')).toBeVisible();
    expect(times()[0]).toBe('2025년 3월 2일 일요일 03:00 15시간 후');
    expect(screen.getByRole('heading', {name: '외부 연동'})).toBeVisible();
});

test.each([['en', '0 3,15 * * *', 'At 03:00 and 15:00, every day'], ['ko', '0 3 * * *', '03:00, 매일'], ['ko', '*/15 * * * *', '15분마다']])(
    'the words say on which days, where nothing else does (%s, %s)',
    async (locale, schedule, words) => {
        await renderTab({Schedule: schedule}, locale);

        expect(screen.getByText(words)).toBeVisible();
    },
);

test('a new schedule is never shown with the times of the old one', async () => {
    const {rerender} = await renderTab();
    let answer: (times: object) => void = () => undefined;
    server.onRequest('POST /schedule/next', () => new Promise((resolve) => {
        answer = (body) => resolve({status: 200, body});
    }));
    rerender(tab({Schedule: '*/15 * * * *'}));
    await pass(400);
    expect(screen.queryByRole('list')).not.toBeInTheDocument();

    answer({times: [now + hour]});
    await pass(0);
    expect(screen.getByText('Every 15 minutes')).toBeVisible();
    expect(times()).toEqual(['Saturday, March 1, 2025 at 13:00 in 1 hour']);
});

test('only the words are read aloud, not the times, which go on by themselves', async () => {
    await renderTab();
    const said = screen.getAllByRole('status').map(({textContent}) => textContent).join('');

    expect(said).toBe('At 03:00, every day');
});

test('no request is made during typing', async () => {
    const {rerender} = await renderTab();
    for (const schedule of ['*', '*/', '*/15 * * * *']) {
        rerender(tab({Schedule: schedule}));
        await pass(100);
    }
    expect(server.sent('POST /schedule/next')).toHaveLength(1);

    await pass(400);

    expect(server.sent('POST /schedule/next').slice(1).map(({body}) => body)).toEqual([{schedule: '*/15 * * * *', time_zone: 'Asia/Seoul'}]);
    expect(screen.getByText('Every 15 minutes')).toBeVisible();
});

test.each([
    ['Schedule', 'schedule_invalid', {Schedule: '0 25 * * *'}, 'The schedule is wrong.'],
    ['TimeZone', 'time_zone_invalid', {TimeZone: 'Mars/Olympus'}, 'There is no such zone.'],
])('a fault is shown below its setting: %s', async (path, code, change, message) => {
    server.on('POST /schedule/next', {code, path, message, hint: 'Enter another one.'}, 400);
    await renderTab(change);

    const above = screen.getByText(message).closest('.EntraSync__belowSetting')?.previousElementSibling;
    expect(above).toContainElement(screen.getByLabelText(path === 'Schedule' ? 'Schedule' : 'Time zone'));
    expect(screen.queryByRole('list')).not.toBeInTheDocument();
});

test('a schedule that is off says what it would do', async () => {
    await renderTab({Enabled: false});

    expect(screen.getByText('The schedule is off. If you turn it on, runs start at these times (Asia/Seoul):')).toBeVisible();
    expect(times()).toHaveLength(5);
});

test.each([['', 'No time zone is set'], ['Factory/Unknown', 'but your browser does not']])(
    'the times are by the reader\'s own clock where the browser cannot know the zone: "%s"',
    async (zone, said) => {
        await renderTab({TimeZone: zone});

        expect(screen.getByText(new RegExp(said))).toBeVisible();
        expect(times()[0]).toContain('Sunday, March 2, 2025 at 03:00');
    },
);

test('an empty schedule makes no request, and the page says what to enter', async () => {
    await renderTab({Schedule: ' '});

    expect(screen.getByText(/No schedule is set/)).toBeVisible();
    expect(server.requests).toEqual([]);
});

test('a plugin that does not answer is said so, and the settings stay', async () => {
    server.on('POST /schedule/next', 'Bad gateway', 502);
    await renderTab();

    expect(screen.getByText('Entra Sync is not responding.')).toBeVisible();
    expect(screen.getByLabelText('Result webhook')).toBeVisible();
});

test('each setting says what follows from it', async () => {
    await renderTab();

    expect(screen.getByText(/^Lets external systems start runs and read their results, and nothing else/)).toBeVisible();
    expect(screen.getByText(/^Receives the result of each run, including previews, as JSON/)).toBeVisible();
});
