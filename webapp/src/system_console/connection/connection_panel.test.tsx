/** @jest-environment jsdom */
import {screen, waitFor} from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import {FakeServer} from '../../testing/fake_server';
import {renderPage} from '../../testing/render_page';
import {refusedConnection, sampleStatus} from '../../testing/samples';

import {ConnectionPanel} from './connection_panel';

const server = new FakeServer();

// jsdom has no clipboard; user-event puts its own one there.
userEvent.setup();

beforeEach(() => {
    server.install();
    server.on('GET /status', sampleStatus());
    server.requests.length = 0;
});
afterEach(() => {
    server.uninstall();
    jest.restoreAllMocks();
});

const press = (name: string) => userEvent.click(screen.getByRole('button', {name}));

test('nothing is asked of Microsoft until the button is pressed', () => {
    renderPage(<ConnectionPanel hasUnsavedSettings={false} revision='a1'/>);

    expect(screen.getByText('The saved settings have not been tested since you opened this page.')).toBeVisible();
    expect(server.requests).toEqual([]);
});

test('each step shows how it went; a refused one with hint, Microsoft\'s code and trace id', async () => {
    server.on('POST /connection/test', refusedConnection);
    renderPage(<ConnectionPanel hasUnsavedSettings={false} revision='a1'/>);

    await press('Test connection');

    expect(await screen.findByText('The connection test failed.')).toBeVisible();
    const [token, users] = screen.getAllByRole('listitem');
    expect(token).toHaveTextContent('OK Sign in to Microsoft Contoso');
    for (const words of ['Failed', 'Read users', 'does not have permission to read the users', 'Grant admin consent.', 'Authorization_RequestDenied', 'trace-1', '403']) {
        expect(users).toHaveTextContent(words);
    }
});

test('a refused groups step only warns', async () => {
    const groups = {step: 'groups', ok: false, detail: '', code: 'consent_missing', message: 'Groups cannot be read.', hint: '', raw: null};
    server.on('POST /connection/test', {ok: true, steps: [groups]});
    renderPage(<ConnectionPanel hasUnsavedSettings={false} revision='a1'/>);

    await press('Test connection');

    expect(await screen.findByText('The connection test succeeded.')).toBeVisible();
    expect(screen.getByText('Groups cannot be read.').closest('.sectionNoticeContainer')).toHaveClass('EntraSync__notice--warning');
    expect(screen.getByRole('listitem')).toHaveTextContent('Optional. Required only if the policy uses groups.');
});

test('the button rests while the test runs', async () => {
    let finish = () => {};
    server.onRequest('POST /connection/test', () => new Promise((resolve) => {
        finish = () => resolve({status: 200, body: {ok: true, steps: []}});
    }));
    renderPage(<ConnectionPanel hasUnsavedSettings={false} revision='a1'/>);

    await press('Test connection');
    expect(screen.getByRole('button', {name: 'Test connection'})).toBeDisabled();
    expect(screen.getByRole('status')).toHaveTextContent('Testing connection…');

    finish();
    expect(await screen.findByText('The connection test succeeded.')).toBeVisible();
    expect(screen.getByRole('button', {name: 'Test connection'})).toBeEnabled();
});

test('a plugin that does not answer is said so, and the test can be tried again', async () => {
    server.on('POST /connection/test', 'Bad gateway', 502);
    renderPage(<ConnectionPanel hasUnsavedSettings={true} revision='a1'/>);

    await press('Test connection');

    expect(await screen.findByRole('alert')).toHaveTextContent('Entra Sync is not responding.');
    expect(screen.getByText(/You have unsaved changes/)).toBeVisible();
    expect(screen.getByRole('button', {name: 'Test connection'})).toBeEnabled();
});

test('what Microsoft said is text, never markup', async () => {
    const message = '<img src=x onerror=alert(1)>';
    const own = `${message} as sent`;
    server.on('POST /connection/test', {ok: false, steps: [{step: 'token', ok: false, message, hint: message, raw: {message: own}}]});
    renderPage(<ConnectionPanel hasUnsavedSettings={false} revision='a1'/>);

    await press('Test connection');

    expect(await screen.findAllByText(message)).toHaveLength(2);
    expect(screen.getByText(own)).toBeVisible();
    expect(document.querySelector('img')).toBeNull();
});

test('what the other side said is not repeated where the message has it already', async () => {
    const raw = {message: 'expected 5 fields', code: 'X1'};
    server.on('POST /connection/test', {ok: false, steps: [{step: 'token', ok: false, message: 'Wrong: expected 5 fields', hint: '', raw}]});
    renderPage(<ConnectionPanel hasUnsavedSettings={false} revision='a1'/>);

    await press('Test connection');

    expect(await screen.findByText('X1')).toBeVisible();
    expect(screen.getAllByText(/expected 5 fields/)).toHaveLength(1);
});

test('the result stays when the tab is left, until other settings are saved', async () => {
    server.on('POST /connection/test', refusedConnection);
    const {rerender} = renderPage(<ConnectionPanel key='first' hasUnsavedSettings={false} revision='a1'/>);
    await press('Test connection');
    await screen.findByText('The connection test failed.');

    rerender(<ConnectionPanel key='second' hasUnsavedSettings={false} revision='a1'/>);
    expect(screen.getByText('The connection test failed.')).toBeVisible();

    rerender(<ConnectionPanel key='second' hasUnsavedSettings={false} revision='b2'/>);
    expect(screen.getByText('The saved settings have not been tested since you opened this page.')).toBeVisible();
});

test('the result is that of settings which were saved a moment before, though the page has not heard of them', async () => {
    server.on('POST /connection/test', refusedConnection);
    server.on('GET /status', sampleStatus({settings_revision: 'b2'}));
    const {rerender} = renderPage(<ConnectionPanel hasUnsavedSettings={false} revision='a1'/>);
    await press('Test connection');
    await waitFor(() => expect(server.requests.at(-1)?.path).toBe('/connection/test'));

    rerender(<ConnectionPanel hasUnsavedSettings={false} revision='b2'/>);
    expect(await screen.findByText('The connection test failed.')).toBeVisible();
});

describe('the report', () => {
    async function copyReport(locale: string): Promise<void> {
        server.on('POST /connection/test', refusedConnection);
        renderPage(<ConnectionPanel hasUnsavedSettings={false} revision='a1'/>, {locale});
        await press(locale === 'ko' ? '연결 테스트' : 'Test connection');
        await userEvent.click(await screen.findByRole('button', {name: locale === 'ko' ? '보고서 복사' : 'Copy report'}));
    }

    test('is copied as plain text, with what Microsoft said', async () => {
        jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2025, 2, 1, 3));
        const written = jest.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();

        await copyReport('en');

        expect(await screen.findByText('Copied')).toBeVisible();
        expect(written.mock.calls[0]?.[0].split('\n')).toEqual([
            expect.stringMatching(/^Entra Sync [0-9.]+: connection test, 2025-03-01T03:00:00.000Z$/),
            'The connection test failed.',
            '',
            'Sign in to Microsoft: OK (Contoso)',
            '',
            'Read users: Failed',
            '  The application does not have permission to read the users in the directory.',
            '  Grant admin consent.',
            '  consent_missing',
            '  Authorization_RequestDenied · 403 · Trace ID trace-1',
        ]);
    });

    test('is copied by a selection where the browser has no clipboard, and the focus stays', async () => {
        jest.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'));
        let selected = '';
        document.execCommand = () => {
            selected = (document.activeElement as HTMLTextAreaElement).value;
            return true;
        };

        await copyReport('ko');

        expect(await screen.findByText('복사했습니다')).toBeVisible();
        expect(selected).toContain('Microsoft 로그인: 정상 (Contoso)');
        expect(document.querySelector('textarea')).toBeNull();
        expect(screen.getByRole('button', {name: '보고서 복사'})).toHaveFocus();
    });

    test('a browser that refuses is said so', async () => {
        jest.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'));
        document.execCommand = () => {
            throw new Error('not allowed');
        };

        await copyReport('en');

        expect(await screen.findByText('Your browser does not allow copying.')).toBeVisible();
    });
});
