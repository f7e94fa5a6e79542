/** @jest-environment jsdom */
import {screen} from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import {FakeServer} from '../../../testing/fake_server';
import {renderPage} from '../../../testing/render_page';
import {refusedConnection} from '../../../testing/samples';

import {ConnectionPanel} from './connection_panel';

const server = new FakeServer();

beforeEach(() => server.install());
afterEach(() => server.uninstall());

const press = (name: string) => userEvent.click(screen.getByRole('button', {name}));

test('nothing is asked of Microsoft until the button is pressed', () => {
    renderPage(<ConnectionPanel hasUnsavedSettings={false}/>);

    expect(screen.getByText('Not tested since this page was opened.')).toBeVisible();
    expect(server.requests).toEqual([]);
});

test('each step shows how it went; a refused one with hint, Microsoft\'s code and trace id', async () => {
    server.on('POST /connection/test', refusedConnection);
    renderPage(<ConnectionPanel hasUnsavedSettings={false}/>);

    await press('Test connection');

    expect(await screen.findByText('The connection does not work yet.')).toBeVisible();
    const [token, users] = screen.getAllByRole('listitem');
    expect(token).toHaveTextContent('OK Sign in to Microsoft Contoso');
    for (const words of ['Refused', 'Read users', 'may not read the users', 'Grant admin consent.', 'Authorization_RequestDenied', 'trace-1', '403']) {
        expect(users).toHaveTextContent(words);
    }
});

test('a refused groups step only warns', async () => {
    const groups = {step: 'groups', ok: false, detail: '', code: 'consent_missing', message: 'Groups cannot be read.', hint: '', raw: null};
    server.on('POST /connection/test', {ok: true, steps: [groups]});
    renderPage(<ConnectionPanel hasUnsavedSettings={false}/>);

    await press('Test connection');

    expect(await screen.findByText('The connection works.')).toBeVisible();
    expect(screen.getByText('Groups cannot be read.').closest('.sectionNoticeContainer')).toHaveClass('warning');
});

test('the button rests while the test runs', async () => {
    let finish = () => {};
    server.onRequest('POST /connection/test', () => new Promise((resolve) => {
        finish = () => resolve({status: 200, body: {ok: true, steps: []}});
    }));
    renderPage(<ConnectionPanel hasUnsavedSettings={false}/>);

    await press('Test connection');
    expect(screen.getByRole('button', {name: 'Test connection'})).toBeDisabled();
    expect(screen.getByRole('status')).toHaveTextContent('Testing the connection…');

    finish();
    expect(await screen.findByText('The connection works.')).toBeVisible();
    expect(screen.getByRole('button', {name: 'Test connection'})).toBeEnabled();
});

test('a plugin that does not answer is said so, and the test can be tried again', async () => {
    server.on('POST /connection/test', 'Bad gateway', 502);
    renderPage(<ConnectionPanel hasUnsavedSettings={true}/>);

    await press('Test connection');

    expect(await screen.findByRole('alert')).toHaveTextContent('Entra Sync does not answer.');
    expect(screen.getByText(/Some settings are not saved/)).toBeVisible();
    expect(screen.getByRole('button', {name: 'Test connection'})).toBeEnabled();
});

test('what Microsoft said is text, never markup', async () => {
    const message = '<img src=x onerror=alert(1)>';
    server.on('POST /connection/test', {ok: false, steps: [{step: 'token', ok: false, message, hint: message, raw: {message}}]});
    renderPage(<ConnectionPanel hasUnsavedSettings={false}/>);

    await press('Test connection');

    expect(await screen.findAllByText(message)).toHaveLength(3);
    expect(document.querySelector('img')).toBeNull();
});
