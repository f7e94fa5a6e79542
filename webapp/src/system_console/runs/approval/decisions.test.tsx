/** @jest-environment jsdom */
import {screen, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import type {ChangeAnswer, RunAnswer} from '../../../answers';
import {giveSizes} from '../../../testing/element_sizes';
import {FakeServer} from '../../../testing/fake_server';
import {renderPage} from '../../../testing/render_page';
import {sampleJob} from '../../../testing/sample_job';
import {heldRun, sampleChange, samplePage, sampleRun, sampleStatus} from '../../../testing/samples';
import type {SyncJob} from '../../frame/use_sync_job';

import {ChangesPanel} from '../changes/changes_panel';

const server = new FakeServer();
const approve = jest.fn();
const discard = jest.fn();

beforeAll(() => giveSizes({scroller: 600, row: 60}));
beforeEach(() => {
    jest.useFakeTimers({now: Date.UTC(2025, 2, 1, 12), doNotFake: ['setTimeout', 'setInterval', 'queueMicrotask', 'performance']});
    server.install();
});
afterEach(() => {
    server.uninstall();
    jest.useRealTimers();
    jest.clearAllMocks();
});

const people = (count: number, change: Partial<ChangeAnswer>, first = 1) => Array.from({length: count}, (_, index) => (
    sampleChange({seq: first + index, object_id: `person-${first + index}`, display_name: `Person ${first + index}`, ...change})
));

async function decide(run: RunAnswer, changes: ChangeAnswer[], job: Partial<SyncJob> = {}, options = {}) {
    server.on(`GET /runs/${run.id}/changes`, samplePage(changes));
    const page = renderPage(<ChangesPanel run={run} job={sampleJob({approve, discard, ...job})}/>, options);
    await screen.findByRole('grid');
    return page;
}

const button = (name: string) => screen.getByRole('button', {name});
const boxes = () => within(screen.getByRole('grid')).getAllByRole('checkbox');
const leaver: Partial<ChangeAnswer> = {action: 'deactivate', reason: 'disabled', fields: []};

test('a plan says what it does, and is applied after a question', async () => {
    await decide(sampleRun(), [...people(3, {}), ...people(1, leaver, 4), ...people(2, {action: 'skip'}, 5)]);
    expect(screen.getByText('Create 3 accounts')).toBeVisible();

    await userEvent.click(button('Apply this plan'));
    expect(button('Cancel')).toHaveFocus();
    expect(screen.getByRole('group', {name: /^Apply 4 changes/})).toHaveAccessibleDescription('Create 3 accounts Deactivate 1 account');
    await userEvent.keyboard('{Escape}');
    expect(button('Apply this plan')).toHaveFocus();
    await userEvent.click(button('Apply this plan'));
    await userEvent.click(button('Apply 4 changes'));

    expect(approve.mock.calls).toEqual([['run1']]);
    expect(screen.getByRole('region', {name: 'Changes'})).toHaveFocus();
});

test('many deactivations and new addresses ask for the typed count', async () => {
    const moved: Partial<ChangeAnswer> = {action: 'update', fields: [{field: 'email', from: 'a@example.com', to: 'b@example.com'}]};
    await decide(sampleRun(), [...people(3, leaver), ...people(3, moved, 4), ...people(4, {}, 7)]);

    await userEvent.click(button('Apply this plan'));
    const count = screen.getByRole('textbox', {name: /^Type 10 to apply/});
    expect(count).toHaveFocus();
    await userEvent.type(count, '6{Enter}');
    expect(approve).not.toHaveBeenCalled();
    await userEvent.clear(count);
    await userEvent.type(count, '１０{Enter}'); // the wide digits of a Korean keyboard

    expect(approve.mock.calls).toEqual([['run1']]);
    expect(screen.getByRole('region', {name: 'Changes'})).toHaveFocus();
});

test('only chosen rows are applied; what a plan does not do cannot be chosen', async () => {
    await decide(sampleRun(), [...people(2, {}), ...people(1, {action: 'conflict'}, 3)]);
    expect(boxes()).toHaveLength(3);

    await userEvent.click(boxes()[2] as HTMLElement);
    await userEvent.click(button('Apply 1 selected'));
    expect(screen.getByRole('group', {name: /^Apply 1 change/})).toHaveTextContent('Create 1 account');
    await userEvent.click(button('Apply 1 change'));

    expect(approve.mock.calls).toEqual([['run1', [2]]]);
});

test('the space bar chooses a row, and the box on top all that are shown', async () => {
    await decide(sampleRun(), [...people(2, {}), ...people(2, leaver, 3)]);
    within(screen.getByRole('grid')).getAllByRole('row')[1]?.focus();
    await userEvent.keyboard(' ');
    expect(button('Apply 1 selected')).toBeVisible();
    expect(document.activeElement).toHaveAttribute('aria-selected', 'true');
    await userEvent.keyboard(' ');

    await userEvent.click(button('deactivate 2'));
    expect(button('Apply 2 shown')).toBeVisible();
    await userEvent.click(boxes()[0] as HTMLElement);
    await userEvent.click(button('Clear filters'));
    expect(boxes()[0]).toHaveProperty('indeterminate', true);
    await userEvent.click(button('Apply 2 selected'));
    await userEvent.click(button('Apply 2 changes'));

    expect(approve.mock.calls).toEqual([['run1', [3, 4]]]);
});

test('the box on top shows the state of the rows below it that can be selected', async () => {
    await decide(sampleRun(), [...people(2, {}), ...people(2, {action: 'conflict'}, 3)]);
    const all = () => boxes()[0] as HTMLInputElement;
    await userEvent.click(boxes()[1] as HTMLElement);
    expect(all().indeterminate).toBe(true);
    await userEvent.click(boxes()[1] as HTMLElement);
    expect(all().indeterminate).toBe(false);
    expect(all()).not.toBeChecked();

    await userEvent.click(boxes()[1] as HTMLElement);
    await userEvent.click(button('conflict 2'));
    expect(all()).not.toBeChecked();
    expect(all().indeterminate).toBe(false);
    expect(all()).toBeDisabled();
    await userEvent.click(button('Clear filters'));
    await userEvent.click(boxes()[2] as HTMLElement);
    expect(all()).toBeChecked();
});

test('a change that needs an approval of its own is applied only when its row is selected', async () => {
    const own: Partial<ChangeAnswer> = {action: 'update', reason: 'adopted_by_email', reason_params: {approval_kinds: 'privileged_account unverified_email', account_roles: 'system_admin'}};
    await decide(sampleRun(), [...people(2, {}), ...people(1, own, 3)]);
    expect(screen.getByText(/^1 change requires its own approval/)).toBeVisible();
    expect(screen.getByText('requires its own approval: the account has the system_admin role')).toBeVisible();
    expect(screen.getByText(/^requires its own approval: Mattermost has not verified/)).toBeVisible();
    await userEvent.click(boxes()[0] as HTMLElement);
    expect(button('Apply 2 selected')).toBeVisible();
    await userEvent.click(boxes()[0] as HTMLElement);
    await userEvent.click(button('Apply this plan'));
    expect(button('Apply 2 changes')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await userEvent.click(boxes()[3] as HTMLElement);
    await userEvent.click(button('Apply 1 selected'));
    await userEvent.click(button('Apply 1 change'));
    expect(approve.mock.calls).toEqual([['run1', [3]]]);
});

test('accounts with an unverified address are selected together while only they are shown', async () => {
    const unverified: Partial<ChangeAnswer> = {action: 'update', reason: 'adopted_by_email', reason_params: {approval_kinds: 'unverified_email'}};
    const privileged: Partial<ChangeAnswer> = {...unverified, reason_params: {approval_kinds: 'privileged_account unverified_email', account_roles: 'system_admin'}};
    await decide(sampleRun(), [...people(2, {}), ...people(3, unverified, 3), ...people(1, privileged, 6)]);
    expect(screen.getByText(/To select all accounts with an unverified address at once, filter the list by “Unverified address”/)).toBeVisible();
    await userEvent.click(button('Unverified address 3'));
    expect(boxes()).toHaveLength(4);
    await userEvent.click(boxes()[0] as HTMLElement);
    await userEvent.click(button('Apply 3 selected'));
    await userEvent.click(button('Apply 3 changes'));
    expect(approve.mock.calls).toEqual([['run1', [3, 4, 5]]]);
});

test.each<[string, RunAnswer]>([
    ['a day has passed', sampleRun({finished_at: Date.UTC(2025, 1, 28, 11)})],
    ['it was cancelled', sampleRun({state: 'cancelled'})],
    ['it was no preview', sampleRun({mode: 'apply'})],
])('a plan cannot be applied when %s', async (_, run) => {
    await decide(run, people(1, {}));

    expect(screen.queryByRole('button', {name: 'Apply this plan'})).not.toBeInTheDocument();
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
});

test('a plan waits for a running sync and for settings to be saved', async () => {
    const {rerender} = await decide(sampleRun(), people(1, {}), {hasUnsavedSettings: true});
    expect(button('Apply this plan')).toBeDisabled();
    rerender(<ChangesPanel run={sampleRun()} job={sampleJob({isRunning: true})}/>);
    expect(button('Apply this plan')).toBeDisabled();
    rerender(<ChangesPanel run={sampleRun()} job={sampleJob()}/>);
    expect(button('Apply this plan')).toBeEnabled();
});

test('a plan of nothing says so, and a refusal is shown beside the buttons, in Korean', async () => {
    await decide(sampleRun(), people(1, {action: 'skip'}), {fault: {code: 'server_unreachable'}}, {locale: 'ko'});

    expect(screen.getByText('이 계획에는 적용할 변경이 없습니다.')).toBeVisible();
    expect(screen.getByText('Mattermost에 연결할 수 없습니다.')).toBeVisible();
});

test('too many chosen rows are refused with a way out', async () => {
    const changes = people(10_001, {action: 'update'});
    server.onRequest('GET /runs/run1/changes', ({query}) => ({status: 200, body: {...samplePage(changes.slice(Number(query.after), Number(query.after) + 1000)), total: changes.length}}));
    renderPage(<ChangesPanel run={sampleRun()} job={sampleJob({approve})}/>);
    await screen.findByText('10,001 changes', {}, {timeout: 10_000});

    await userEvent.click(button('update 10,001'));

    expect(button('Apply 10,001 shown')).toBeDisabled();
    expect(screen.getByText(/^At most 10,000 changes/)).toBeVisible();
    expect(button('Apply this plan')).toBeEnabled();
}, 30_000);

test('held changes are approved or discarded one by one, several at once, or all', async () => {
    const job = {status: sampleStatus({held_run: heldRun()})};
    await decide(heldRun(), people(3, {...leaver, status: 'held'}), job);
    expect(screen.getByText(/^Select held changes/)).toBeVisible();

    await userEvent.click(screen.getAllByRole('button', {name: 'Discard'})[0] as HTMLElement);
    expect(discard.mock.calls).toEqual([['run1', [1]]]);
    await userEvent.click(boxes()[2] as HTMLElement);
    await userEvent.click(boxes()[3] as HTMLElement);
    await userEvent.click(button('Discard 2 selected'));
    await userEvent.click(button('Discard 2 changes'));
    expect(discard).toHaveBeenLastCalledWith('run1', [2, 3]);
    await userEvent.click(button('Approve 2 selected'));
    await userEvent.click(button('Approve 2 changes'));
    expect(approve.mock.calls).toEqual([['run1', [2, 3]]]);
});

test('a held change is approved by the keyboard: Enter reaches the buttons of a row', async () => {
    await decide(heldRun(), people(1, {...leaver, status: 'held'}), {status: sampleStatus({held_run: heldRun()})});

    button('Approve').focus();
    await userEvent.keyboard('{Enter}');
    expect(approve.mock.calls).toEqual([['run1', [1]]]);
});

test('an older run that still holds something has the buttons for all of it', async () => {
    await decide(heldRun(), people(1, {...leaver, status: 'held'}));

    await userEvent.click(button('Discard all'));
    await userEvent.click(button('Discard 8 changes'));
    expect(discard.mock.calls).toEqual([['run1']]);
});
