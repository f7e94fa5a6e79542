/** @jest-environment jsdom */
import {screen, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import {giveSizes} from '../../../testing/element_sizes';
import {FakeServer} from '../../../testing/fake_server';
import {renderPage} from '../../../testing/render_page';
import {sampleJob} from '../../../testing/sample_job';
import {runningRun, sampleChange, samplePage, sampleRun} from '../../../testing/samples';

import {ChangesPanel} from './changes_panel';

const server = new FakeServer();
const route = 'GET /runs/run1/changes';

beforeAll(() => giveSizes({scroller: 600, row: 60}));
beforeEach(() => server.install());
afterEach(() => {
    server.uninstall();
    server.requests.length = 0;
});

const panel = (run = sampleRun(), job = sampleJob()) => <ChangesPanel run={run} job={job}/>;

/** The rows below the head, once they are there. */
async function rows() {
    const table = await screen.findByRole('grid');
    return within(table).getAllByRole('row').slice(1) as HTMLElement[];
}

/** The details of a row, once it has been opened. */
async function details(row: HTMLElement | undefined) {
    await userEvent.click(row as HTMLElement);
    return screen.getByRole('region', {name: /^(Kim Minji|0a1b)/});
}

test('a change names the user, the action, the reason and each field', async () => {
    server.on(route, samplePage([
        sampleChange(),
        sampleChange({
            seq: 2,
            username: 'kim.m',
            action: 'update',
            status: 'done',
            reason: 'attributes_changed',
            fields: [{field: 'position', from: 'Engineer', to: ''}],
        }),
    ]));
    renderPage(panel());

    const [created, updated] = await rows();
    for (const words of ['Kim Minji (Design)', 'minji.kim@example.com', 'create', 'planned', 'in scope, no account yet']) {
        expect(created).toHaveTextContent(words);
    }
    expect(created).not.toHaveTextContent('@minji.kim');
    expect(updated).toHaveTextContent('@kim.m');
    expect(created).toHaveTextContent('nickname');
    expect(screen.getByText('2 changes')).toBeVisible();
    expect(await details(created)).not.toHaveTextContent('empty');
    expect(await details(updated)).toHaveTextContent('positionEngineer empty');
});

test('a conflict names the other side', async () => {
    const reason_params = {other_account_id: 'b1', other_username: 'minji'};
    server.on(route, samplePage([sampleChange({action: 'conflict', reason: 'several_accounts', reason_params})]));
    renderPage(panel());

    const [row] = await rows();
    expect(row).toHaveTextContent('several accounts match this directory user (minji, b1)');
});

test('a value that was cut to fit says so', async () => {
    server.on(route, samplePage([
        sampleChange({fields: [{field: 'nickname', from: '', to: 'Kim Minji', shortened: true}, {field: 'position', from: '', to: 'Designer'}]}),
    ]));
    renderPage(panel());

    const [row] = await rows();
    const opened = await details(row);
    expect(opened).toHaveTextContent('nicknameKim Minji (shortened)');
    expect(within(opened).getAllByText('shortened', {exact: false})).toHaveLength(1);
});

test('a value that was refused is shown, and a user attribute by its name', async () => {
    server.on(route, samplePage([
        sampleChange({fields: [{field: 'timezone', from: '', to: '', refused: 'Mars/Olympus'}, {field: 'attribute', name: 'Team', from: '', to: 'Platform'}]}),
    ]));
    renderPage(panel());

    const [row] = await rows();
    expect(row).toHaveTextContent('time zone, Team');
    expect(await details(row)).toHaveTextContent('time zoneempty (rejected: Mars/Olympus)TeamPlatform');
});

test('a reason says how long something waits, by the clock of the reader, and which rule decided', async () => {
    const until = new Date(2025, 2, 9, 12).getTime();
    server.on(route, samplePage([sampleChange({
        action: 'skip',
        reason: 'grace_period',
        reason_params: {days: 7, until, rule_kind: 'people', rule_value: 'minji.kim@example.com', rule_path: 'Policy.scope.allow.people[3]'},
    })]));
    renderPage(panel());

    const [row] = await rows();
    expect(row).toHaveTextContent(/user left; the account stays active until 2025-03-09 12:00 UTC\S* \(grace period: 7 days\)/);
    expect(row).toHaveTextContent('in scope: user list contains “minji.kim@example.com”');
});

test('a failed change shows what went wrong and what to do, in the reader\'s language', async () => {
    server.on(route, samplePage([sampleChange({status: 'failed', error: {code: 'email_taken', raw: {code: 'app.user.save.email_exists.app_error'}}})]));
    renderPage(panel(), {locale: 'ko'});

    const [failed] = await rows();
    expect(failed).toHaveTextContent('실패');
    expect(failed).toHaveTextContent('이메일');
    expect(await details(failed)).toHaveTextContent('app.user.save.email_exists.app_error');
    expect(screen.getByRole('heading', {name: '변경 사항'})).toBeVisible();
});

test('names from the directory are shown as text and keep their direction to themselves', async () => {
    const name = '<img src=x onerror=alert(1)>\u202Egnp.exe';
    server.on(route, samplePage([sampleChange({display_name: name})]));
    renderPage(panel());

    const shown = await screen.findByText(name);
    expect(shown.tagName).toBe('BDI');
    expect(document.querySelector('img')).toBeNull();
});

test('a user without a name or a known reason is still shown', async () => {
    server.on(route, samplePage([sampleChange({display_name: '', email: '', username: '', reason: 'from_the_future' as never})]));
    renderPage(panel());

    const [row] = await rows();
    expect(row).toHaveTextContent('0a1b2c3d-0000-4000-8000-000000000001');
    expect(row).toHaveTextContent('from_the_future');
});

test('an empty run and a filter without a match are distinguished', async () => {
    server.on(route, samplePage([]));
    const {unmount} = renderPage(panel());
    expect(await screen.findByText('This run has no changes.')).toBeVisible();
    unmount();

    server.on(route, samplePage([sampleChange()]));
    renderPage(panel());
    await rows();
    await userEvent.type(screen.getByRole('searchbox'), 'nobody');

    expect(await screen.findByText('No changes match the filters.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', {name: 'Clear filters'}));
    expect(await rows()).toHaveLength(1);
});

test('Enter in the search does not submit the console\'s form', async () => {
    const submit = jest.fn((event: React.FormEvent) => event.preventDefault());
    server.on(route, samplePage([sampleChange()]));
    renderPage(<form onSubmit={submit}>{panel()}<button type='submit'>{'Save'}</button></form>);
    await rows();

    await userEvent.type(screen.getByRole('searchbox'), 'kim{Enter}');

    expect(submit).not.toHaveBeenCalled();
});

test('the list is read again when the run enters another phase', async () => {
    server.on('GET /runs/run2/changes', samplePage([]));
    const {rerender} = renderPage(panel(runningRun(0, 2)));
    expect(await screen.findByText('This run has no changes.')).toBeVisible();

    server.on('GET /runs/run2/changes', samplePage([sampleChange()]));
    rerender(panel(runningRun(1, 2)));
    rerender(panel(runningRun(2, 2, {state: 'succeeded', progress: null})));

    expect(await rows()).toHaveLength(1);
    expect(server.sent('GET /runs/run2/changes')).toHaveLength(2);
});

test('loading and a fault are said; the export leads to the server', async () => {
    server.on(route, {code: 'run_not_found', message: 'This run does not exist.', hint: 'Choose another.'}, 404);
    renderPage(panel());
    expect(screen.getByText('Loading…')).toBeVisible();

    expect(await screen.findByRole('alert')).toHaveTextContent('This run does not exist.Choose another.');
    server.on(route, samplePage([sampleChange()]));
    await userEvent.click(screen.getByRole('button', {name: 'Try again'}));
    expect(await rows()).toHaveLength(1);
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(screen.getByRole('link', {name: 'Export to CSV'})).toHaveAttribute('href', 'http://localhost/plugins/entrasync/api/v1/runs/run1/changes.csv');
});
