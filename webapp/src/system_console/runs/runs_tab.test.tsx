/** @jest-environment jsdom */
import {act, screen, waitFor, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import type {RunAnswer, StatusAnswer} from '../../answers';
import {placeChanged, runReceived, runStarted} from '../../store/actions';
import {giveSizes} from '../../testing/element_sizes';
import {FakeServer} from '../../testing/fake_server';
import {renderPage} from '../../testing/render_page';
import {sampleJob} from '../../testing/sample_job';
import {heldRun, runningRun, sampleChange, samplePage, sampleRun, sampleStatus} from '../../testing/samples';
import {placeOf} from '../../store/place';

import {RunProgress} from './current/run_progress';
import {RunsTab} from './runs_tab';

const server = new FakeServer();
const past = (change = {}) => ({...sampleChange(), run_id: 'run1', run_mode: 'apply', run_state: 'partial', started_at: Date.UTC(2025, 2, 1, 3), ...change});

beforeAll(() => giveSizes({scroller: 600, row: 60}));
beforeEach(() => {
    server.install();
    server.on('GET /runs', {runs: [sampleRun()], total: 1, page: 0, per_page: 10});
    server.on('GET /runs/run1/changes', samplePage([sampleChange()]));
    server.on('GET /runs/old/changes', samplePage([sampleChange({display_name: 'Lee Old', status: 'held'}), sampleChange({seq: 2, display_name: 'Lee Done', status: 'done'})]));
});
afterEach(() => {
    server.uninstall();
    server.requests.length = 0;
    window.location.hash = '';
});

function open(hash: string, options = {}) {
    const page = renderPage(<RunsTab job={sampleJob({run: sampleRun()})}/>, options);
    act(() => {
        page.store.dispatch(placeChanged(placeOf(hash)));
    });
    return page;
}

test('the address names a run that is not the newest, and with which filter it opens', async () => {
    server.on('GET /runs/old', heldRun({id: 'old'}));
    open('#runs/old/held');

    expect(await screen.findByText('Lee Old')).toBeVisible();
    expect(screen.getByText('1 of 2 changes')).toBeVisible();
    expect(screen.getByRole('link', {name: 'Link to this run'})).toHaveAttribute('href', '#runs/old');
});

test('the address may name an action instead', async () => {
    server.on('GET /runs/old', heldRun({id: 'old'}));
    server.on('GET /runs/old/changes', samplePage([sampleChange({display_name: 'Lee New'}), sampleChange({seq: 2, display_name: 'Lee Twice', action: 'conflict'})]));
    open('#runs/old/conflict');

    expect(await screen.findByText('Lee Twice')).toBeVisible();
    expect(screen.getByText('1 of 2 changes')).toBeVisible();
    expect(screen.getByRole('region', {name: 'Changes'})).toHaveFocus();
});

test('the address may name why users wait', async () => {
    server.on('GET /runs/old', heldRun({id: 'old'}));
    server.on('GET /runs/old/changes', samplePage([sampleChange({display_name: 'Lee New'}), sampleChange({seq: 2, display_name: 'Lee Waits', action: 'skip', reason: 'retry_waits'})]));
    open('#runs/old/retry_waits');

    expect(await screen.findByText('Lee Waits')).toBeVisible();
    expect(screen.getByText('1 of 2 changes')).toBeVisible();
    expect(screen.getByRole('region', {name: 'Changes'})).toHaveFocus();
});

test('a run that is known from an earlier visit gives way to the newest that the server names', async () => {
    const shown = (status: StatusAnswer | null, run: RunAnswer) => <RunsTab job={sampleJob({status, run})}/>;
    const {rerender} = renderPage(shown(null, sampleRun({id: 'old'})));
    const newest = sampleRun({started_at: Date.UTC(2025, 2, 2)});
    rerender(shown(sampleStatus({last_run: newest}), sampleRun({id: 'old'})));
    rerender(shown(sampleStatus({last_run: newest}), newest));

    expect(await screen.findByText('Kim Minji (Design)', {selector: 'bdi.EntraSync__name'})).toBeVisible();
    expect(screen.queryByText('A newer run has started.')).not.toBeInTheDocument();
});

test('a run that this page starts takes the place of the one before', async () => {
    const {store, rerender} = renderPage(<RunsTab job={sampleJob({run: sampleRun()})}/>);
    const started = runningRun(0, 1, {id: 'old'});
    act(() => void store.dispatch(runStarted(started)));
    rerender(<RunsTab job={sampleJob({run: started, isRunning: true, startedId: 'old'})}/>);

    expect(await screen.findByText('Lee Old')).toBeVisible();
    expect(screen.queryByText('A newer run has started.')).not.toBeInTheDocument();
});

test('the link to the run on the screen keeps filters and the focus, a link to a part resets them', async () => {
    server.on('GET /runs/run1', sampleRun());
    const {store} = open('#runs');
    act(() => void store.dispatch(runReceived(sampleRun())));
    await userEvent.type(await screen.findByRole('searchbox', {name: /^Search by/}), 'min');
    await userEvent.click(screen.getByRole('link', {name: 'Link to this run'}));

    expect(window.location.hash).toBe('#runs/run1');
    expect(screen.getByRole('link', {name: 'Link to this run'})).toHaveFocus();
    expect(screen.getByRole('searchbox', {name: /^Search by/})).toHaveValue('min');
    expect(server.sent('GET /runs/run1/changes')).toHaveLength(1);

    act(() => void store.dispatch(placeChanged(placeOf('#runs/run1/failed'))));
    expect(await screen.findByRole('searchbox', {name: /^Search by/})).toHaveValue('');
    expect(await screen.findByText('No changes match the filters.')).toBeVisible();

    act(() => void store.dispatch(placeChanged(placeOf('#runs/run1'))));
    expect(await screen.findByText('Kim Minji (Design)', {selector: 'bdi.EntraSync__name'})).toBeVisible();
    expect(screen.getByRole('region', {name: 'Changes'})).toHaveFocus();
});

test('a run that is not there says so and leads to the newest', async () => {
    server.on('GET /runs/gone', {code: 'run_not_found', message: 'This run does not exist.', hint: ''}, 404);
    open('#runs/gone');

    expect(await screen.findByRole('alert')).toHaveTextContent('This run does not exist.');
    expect(screen.queryByRole('heading', {name: 'Changes'})).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('link', {name: 'Show latest run'}));
    expect(await screen.findByRole('heading', {name: 'Changes'})).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('a user\'s history across all runs, with a link to each of them and back', async () => {
    server.on('GET /changes', {changes: [past(), past({run_id: 'old', seq: 9, action: 'deactivate', fields: []})], total: 2, page: 0, per_page: 60});
    open('#runs/person/0a1b2c3d');

    const panel = await screen.findByRole('region', {name: 'Kim Minji (Design)'});
    expect(server.sent('GET /changes')[0]?.query).toEqual({object_id: '0a1b2c3d', page: '0', per_page: '60'});
    const [, first, second] = within(panel).getAllByRole('row');
    expect(first).toHaveTextContent('partially');
    expect(within(second as HTMLElement).getByRole('link')).toHaveAttribute('href', '#runs/old');
    expect(second).toHaveTextContent('deactivate');
    await userEvent.click(within(panel).getByRole('link', {name: 'All runs'}));
    expect(await screen.findByRole('region', {name: 'Run history'})).toBeVisible();
});

test.each([
    ['a user without changes', {changes: [], total: 0, page: 0, per_page: 60}, 200, '실행 기록에 이 사용자의 변경이 없습니다.'],
    ['a fault', {code: 'not_found', message: '없습니다.', hint: ''}, 404, '없습니다.'],
])('a history of %s says so, in Korean', async (_, answer, status, words) => {
    server.on('GET /changes', answer, status);
    open('#runs/person/x', {locale: 'ko'});

    expect(screen.getByText('불러오는 중…')).toBeVisible();
    expect(await screen.findByText(words)).toBeVisible();
});

test('a user is found by a part of the name or by the object id', async () => {
    const submit = jest.fn((event: React.FormEvent) => event.preventDefault());
    server.on('GET /changes', {changes: [past(), past({object_id: 'other', display_name: 'Lee Jun'})], total: 80, page: 0, per_page: 60});
    renderPage(<form onSubmit={submit}><RunsTab job={sampleJob()}/></form>);
    const box = screen.getByRole('searchbox', {name: 'Name, email, username, or object ID'});

    await userEvent.type(box, ' min{Enter}');
    expect(await screen.findByText('2 users found')).toBeVisible();
    expect(server.sent('GET /changes').map(({query}) => query)).toEqual([{q: 'min', page: '0', per_page: '60'}]);
    expect(screen.getByText(/^There may be more/)).toBeVisible();
    expect(submit).not.toHaveBeenCalled();
    expect(screen.getByRole('link', {name: /Lee Jun/})).toHaveAttribute('href', '#runs/person/other');

    await userEvent.clear(box);
    await waitFor(() => expect(screen.queryByText('2 users found')).not.toBeInTheDocument());
    server.on('GET /changes', {changes: [past(), past({run_id: 'old'})], total: 80, page: 0, per_page: 60});
    await userEvent.type(box, '0a1b2c3d-0000-4000-8000-000000000001');
    expect(await screen.findByText('1 user found')).toBeVisible();
    expect(server.sent('GET /changes').at(-1)?.query).toHaveProperty('object_id', '0a1b2c3d-0000-4000-8000-000000000001');
    expect(screen.queryByText(/^There may be more/)).not.toBeInTheDocument();
});

test.each([
    ['en', '김', 'Type at least two characters.'],
    ['ko', '𠮷', '두 글자 이상 입력하세요.'],
])('a single character starts no search for users (%s)', async (locale, text, words) => {
    server.on('GET /changes', {changes: [past()], total: 1, page: 0, per_page: 60});
    renderPage(<RunsTab job={sampleJob()}/>, {locale});
    const box = screen.getByRole('searchbox');

    await userEvent.type(box, text);
    expect(await screen.findByText(words)).toBeVisible();
    expect(server.sent('GET /changes')).toHaveLength(0);
    await userEvent.type(box, '수');
    await waitFor(() => expect(server.sent('GET /changes').map(({query}) => query.q)).toEqual([`${text}수`]));
    await waitFor(() => expect(screen.queryByText(words)).not.toBeInTheDocument());
});

test('the server narrows the history by kind, state and trigger, from its first page on', async () => {
    server.on('GET /runs', {runs: [sampleRun()], total: 30, page: 0, per_page: 10});
    open('#runs');
    const history = within(screen.getByRole('region', {name: 'Run history'}));
    await userEvent.click(await history.findByRole('button', {name: 'Next'}));
    await userEvent.selectOptions(history.getByLabelText('Type'), 'apply');
    await userEvent.selectOptions(history.getByLabelText('State'), 'failed');
    server.on('GET /runs', {runs: [], total: 0, page: 0, per_page: 10});
    await userEvent.selectOptions(history.getByLabelText('Started by'), 'schedule');

    expect(await history.findByText('No runs match the filters.')).toBeVisible();
    expect(server.sent('GET /runs').at(-1)?.query).toEqual({page: '0', per_page: '10', mode: 'apply', state: 'failed', trigger: 'schedule'});
});

test('each run of the history can be opened by link and exported', async () => {
    server.on('GET /runs', {runs: [sampleRun({id: 'old', approves: 'run1'})], total: 1, page: 0, per_page: 10});
    open('#runs');
    const history = within(screen.getByRole('region', {name: 'Run history'}));

    expect(await history.findByRole('link', {name: 'Show changes'})).toHaveAttribute('href', '#runs/old');
    expect(history.getByRole('link', {name: 'CSV'})).toHaveAttribute('href', 'http://localhost/plugins/entrasync/api/v1/runs/old/changes.csv');
    expect(history.getByRole('link', {name: 'Approved changes'})).toHaveAttribute('href', '#runs/run1');
});

test('a running run shows its rate and its remaining time, once they are known', async () => {
    jest.useFakeTimers();
    const {rerender} = renderPage(<RunProgress run={runningRun(0, 1200)}/>);
    for (let second = 1; second <= 5; second++) {
        rerender(<RunProgress run={runningRun(second * 40, 1200)}/>);
        await act(() => jest.advanceTimersByTimeAsync(1000));
    }
    expect(screen.getByText(/40 per second, about 25 seconds left/)).toBeVisible();

    rerender(<RunProgress run={runningRun(201, 200_000)}/>);
    expect(screen.getByText(/about 1 hour left|about 83 minutes left/)).toBeVisible();
    rerender(<RunProgress run={runningRun(0, 0, {progress: {...runningRun(0, 0).progress!, phase: 'report'}})}/>);
    expect(screen.queryByText(/per second/)).not.toBeInTheDocument();
    jest.useRealTimers();
});
