/** @jest-environment jsdom */
import {act, screen, waitFor, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';

import type {ChangeAnswer} from '../../../answers';
import {giveSizes} from '../../../testing/element_sizes';
import {FakeServer} from '../../../testing/fake_server';
import {renderPage} from '../../../testing/render_page';
import {sampleJob} from '../../../testing/sample_job';
import {runningRun, sampleChange, sampleRun} from '../../../testing/samples';
import type {Action, Reason} from '../../../sync/types';

import ChangeExplorer from './change_explorer';

const server = new FakeServer();
const route = 'GET /runs/run1/changes';
const name = (number: number) => `Person ${String(number).padStart(4, '0')}`;

beforeAll(() => giveSizes({scroller: 600, row: 60}));
beforeEach(() => server.install());
afterEach(() => {
    server.uninstall();
    server.requests.length = 0;
});

function crowd(count: number, change: (number: number) => Partial<ChangeAnswer> = () => ({})): ChangeAnswer[] {
    return Array.from({length: count}, (_, index) => sampleChange({
        seq: index + 1,
        object_id: `0a1b2c3d-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
        display_name: name(index + 1),
        email: `person.${index + 1}@example.com`,
        username: `person.${index + 1}`,
        ...change(index + 1),
    }));
}

/** Answers pages behind `after`, as the server does: only the first says how many there are. */
function pageBehind(changes: ChangeAnswer[], {after, per_page}: Record<string, string>) {
    const rest = changes.filter(({seq}) => seq > Number(after));
    return {
        status: 200,
        body: {changes: rest.slice(0, Number(per_page)), page: 0, per_page: Number(per_page), ...(after === '0' && {total: changes.length})},
    };
}

function serve(changes: ChangeAnswer[], path = route): void {
    server.onRequest(path, ({query}) => pageBehind(changes, query));
}

function explore(options = {}) {
    return renderPage(<ChangeExplorer run={sampleRun()} job={sampleJob()} initialStatus='' initialAction=''/>, options);
}

const grid = () => screen.findByRole('grid');
const shownRows = () => within(screen.getByRole('grid')).getAllByRole('row').slice(1);
const rowCount = async () => Number((await grid()).getAttribute('aria-rowcount')) - 1;

test('the first rows are there while the rest is read, page by page', async () => {
    const changes = crowd(2500);
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => {
        goOn = resolve;
    });
    server.onRequest(route, async ({query}) => {
        if (query.after !== '0') {
            await gate;
        }
        return pageBehind(changes, query);
    });
    explore();

    expect(await rowCount()).toBe(1000);
    expect(screen.getByText('1,000 of 2,500 loaded')).toBeVisible();
    await act(async () => goOn());
    await waitFor(async () => expect(await rowCount()).toBe(2500));
    expect(screen.queryByText(/loaded$/)).not.toBeInTheDocument();
    expect(screen.getByText('2,500 changes')).toBeVisible();
    expect(server.sent(route).map(({query}) => query)).toEqual([{after: '0', per_page: '1000'}, {after: '1000', per_page: '1000'}, {after: '2000', per_page: '1000'}]);
});

test('changes that a running run adds while they are read are there as well', async () => {
    const changes = crowd(2000);
    server.onRequest(route, ({query}) => {
        const answer = pageBehind(changes, query);
        changes.push(...(query.after === '0' ? crowd(2500).slice(2000) : []));
        return answer;
    });
    explore();

    await waitFor(async () => expect(await rowCount()).toBe(2500));
    expect(screen.getByText('2,500 changes')).toBeVisible();
    expect(screen.queryByText(/loaded$/)).not.toBeInTheDocument();
});

test('only the rows in sight exist, and the keyboard reaches them all', async () => {
    serve(crowd(2500));
    explore();
    await waitFor(async () => expect(await rowCount()).toBe(2500));
    expect(shownRows().length).toBeLessThan(60);

    await act(async () => shownRows()[0]?.focus());
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toHaveAttribute('aria-rowindex', '3');
    await userEvent.keyboard('{PageDown}{ArrowUp}');
    expect(Number(document.activeElement?.getAttribute('aria-rowindex'))).toBeGreaterThan(8);
    await userEvent.keyboard('{End}');
    expect(document.activeElement).toHaveAttribute('aria-rowindex', '2501');
    expect(document.activeElement).toHaveTextContent(name(2500));
    expect(shownRows().length).toBeLessThan(60);
    await userEvent.keyboard('{Home}');
    expect(document.activeElement).toHaveTextContent(name(1));
    expect(shownRows().filter(({tabIndex}) => tabIndex === 0)).toHaveLength(1);
});

test('chips count what there is and narrow the table, together with each other', async () => {
    const actions: Action[] = ['create', 'update', 'deactivate'];
    serve(crowd(9, (number) => ({
        action: actions[number % 3] as Action,
        status: number === 1 ? 'failed' : 'planned',
        fields: number === 4 ? [{field: 'email', from: 'a@example.com', to: 'b@example.com'}] : [],
    })));
    explore();
    await grid();
    const chip = (label: string) => screen.getByRole('button', {name: label});
    expect(chip('create 3')).toHaveAttribute('aria-pressed', 'false');
    expect(chip('skip 0')).toBeVisible();
    expect(screen.queryByRole('button', {name: /^held/})).not.toBeInTheDocument();

    await userEvent.click(chip('update 3'));
    expect(chip('update 3')).toHaveAttribute('aria-pressed', 'true');
    expect(await rowCount()).toBe(3);
    expect(screen.getByText('3 of 9 changes')).toBeVisible();
    await userEvent.click(chip('create 3'));
    expect(await rowCount()).toBe(6);
    await userEvent.click(chip('failed 1'));
    expect(await rowCount()).toBe(1);
    await userEvent.click(chip('failed 1'));
    await userEvent.click(chip('Email or username changes 1'));
    expect(await rowCount()).toBe(1);
    expect(shownRows()[0]).toHaveTextContent(name(4));
});

test('the search finds parts of all names, however their characters are composed', async () => {
    serve(crowd(3, (number) => ({display_name: number === 2 ? 'Jos\u00e9 Garc\u00eda' : '김민지'.normalize('NFD')})));
    explore();
    await grid();

    await userEvent.type(screen.getByRole('searchbox'), 'JOSE\u0301');
    await waitFor(async () => expect(await rowCount()).toBe(1));
    await userEvent.clear(screen.getByRole('searchbox'));
    await userEvent.type(screen.getByRole('searchbox'), ' 민지 ');
    await waitFor(async () => expect(await rowCount()).toBe(2));
    await userEvent.clear(screen.getByRole('searchbox'));
    await userEvent.type(screen.getByRole('searchbox'), 'person.2@');
    await waitFor(async () => expect(await rowCount()).toBe(1));
});

test('reasons and statuses are chosen from what there is, in the reader\'s language, and Enter keeps to the box', async () => {
    const submit = jest.fn((event: React.FormEvent) => event.preventDefault());
    const reasons: Reason[] = ['new_person', 'disabled'];
    serve(crowd(3, (number) => ({reason: reasons[number % 2] as Reason})));
    renderPage(<form onSubmit={submit}><ChangeExplorer run={sampleRun()} job={sampleJob()} initialStatus='' initialAction=''/><button type='submit'>{'Save'}</button></form>, {locale: 'ko'});
    await grid();

    const reason = screen.getByRole('combobox', {name: '사유'});
    await userEvent.click(reason);
    const options = screen.getAllByRole('option').map(({textContent}) => textContent);
    expect(options).toHaveLength(2);
    expect(options[0]).toMatch(/[가-힣].*\(2\)$/);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(await rowCount()).toBe(1);
    await userEvent.keyboard('{Escape}{Enter}');
    expect(submit).not.toHaveBeenCalled();
    await userEvent.click(screen.getByLabelText(/제거$/));
    expect(await rowCount()).toBe(3);
    expect(screen.getByRole('combobox', {name: '상태'})).toBeVisible();
});

test('columns sort up, down and not at all', async () => {
    serve(crowd(3, (number) => ({display_name: ['bora', 'Ara', 'Dana'][number - 1] as string})));
    explore();
    await grid();
    const names = () => shownRows().map((row) => row.querySelector('.EntraSync__name')?.textContent);
    const head = screen.getByRole('columnheader', {name: /User/});

    await userEvent.click(within(head).getByRole('button'));
    expect(names()).toEqual(['Ara', 'bora', 'Dana']);
    expect(head).toHaveAttribute('aria-sort', 'ascending');
    await userEvent.click(within(head).getByRole('button'));
    expect(names()).toEqual(['Dana', 'bora', 'Ara']);
    expect(head).toHaveAttribute('aria-sort', 'descending');
    await userEvent.click(within(head).getByRole('button'));
    expect(names()).toEqual(['bora', 'Ara', 'Dana']);
});

test('details tell why, how the account was found and each field, and give the keyboard back', async () => {
    serve(crowd(2, () => ({
        action: 'update',
        account_id: 'account1',
        reason: 'adopted_by_email',
        reason_params: {rule_kind: 'email_domain', rule_value: 'example.com', rule_path: 'Policy.scope.allow.email_domain[0]'},
        fields: [{field: 'username', from: 'old.name', to: 'new.name'}],
    })));
    const {container} = explore();
    await grid();
    const row = shownRows()[1] as HTMLElement;
    await act(async () => row.focus());
    await userEvent.keyboard('{Enter}');

    const details = screen.getByRole('region', {name: new RegExp(name(2))});
    expect(details).toHaveFocus();
    expect(details).toHaveTextContent('in scope: email domain is “example.com”Policy.scope.allow.email_domain[0]');
    expect(details).toHaveTextContent('Account matchmatched by email address');
    expect(details).toHaveTextContent('usernameold.name new.name');
    expect(within(details).getByRole('link', {name: 'All changes for this user'})).toHaveAttribute('href', '#runs/person/0a1b2c3d-0000-4000-8000-000000000002');
    const {violations} = await axe.run(container, {rules: {'color-contrast': {enabled: false}, region: {enabled: false}}});
    expect(violations.map(({id, nodes}) => ({id, where: nodes.map(({html}) => html)}))).toEqual([]);

    await userEvent.keyboard('{Escape}');
    expect(details).not.toBeInTheDocument();
    expect(document.activeElement).toHaveTextContent(name(2));

    await userEvent.keyboard('{Enter}');
    await userEvent.type(screen.getByRole('searchbox'), 'nobody');
    await userEvent.click(screen.getByRole('button', {name: 'Close'}));
    expect(screen.getByRole('searchbox')).toHaveFocus();
});

test('a row leads to the user\'s history', async () => {
    serve(crowd(1));
    explore();
    await grid();

    expect(screen.getByRole('link', {name: new RegExp(name(1))})).toHaveAttribute('href', '#runs/person/0a1b2c3d-0000-4000-8000-000000000001');
});

test('a running run is read again from time to time, and a page that is left asks no more', async () => {
    jest.useFakeTimers();
    serve(crowd(1), 'GET /runs/run2/changes');
    const {unmount} = renderPage(<ChangeExplorer run={runningRun(1, 2)} job={sampleJob()} initialStatus='' initialAction=''/>);
    await act(() => jest.advanceTimersByTimeAsync(100));
    expect(await rowCount()).toBe(1);

    serve(crowd(2), 'GET /runs/run2/changes');
    await act(() => jest.advanceTimersByTimeAsync(6000));
    expect(await rowCount()).toBe(2);
    const asked = server.requests.length;
    unmount();
    await act(() => jest.advanceTimersByTimeAsync(60_000));
    expect(server.requests).toHaveLength(asked);
    jest.useRealTimers();
});

const sales = {target_kind: 'channel', target_id: 'c1', target_name: 'Sales <b>', team_name: 'Company', rule_id: 'r1', rule_value: 'Departments'};
const joinOf = (number: number, reason_params: object = sales) => sampleChange({
    seq: number, object_id: `0a1b2c3d-0000-4000-8000-00000000000${number}`, display_name: name(number), action: 'join', status: 'done', reason: 'wanted_by_rule',
    reason_params: reason_params as ChangeAnswer['reason_params'], fields: []});

test('a membership says which team or channel and which rule, can be filtered by it, and has its details', async () => {
    serve([joinOf(1), joinOf(2, {...sales, target_kind: 'team', target_id: 't1', target_name: 'Company', team_name: ''}), joinOf(3)]);
    const {container} = explore();
    expect(await rowCount()).toBe(3);
    expect(within(shownRows()[0]!).getByText('Sales <b> (channel of Company)')).toBeVisible();
    expect(within(shownRows()[0]!).getByText('the rule “Departments” applies')).toBeVisible();

    await userEvent.click(screen.getByLabelText('Team or channel'));
    await userEvent.click(await screen.findByRole('option', {name: 'Sales <b> (channel of Company) (2)'}));
    await waitFor(async () => expect(await rowCount()).toBe(2));
    await userEvent.click(within(shownRows()[0]!).getByText('join'));
    const details = screen.getByRole('region', {name: new RegExp(name(1))});
    expect(within(details).getByText('c1')).toBeVisible();
    expect(within(details).getByText('Departments')).toBeVisible();
    expect((await axe.run(container, {rules: {region: {enabled: false}}})).violations).toEqual([]);
});

test('a line about a team or channel as a whole has its name where others have the user, and leads to no user', async () => {
    serve([sampleChange({
        seq: 1, object_id: '', account_id: '', email: '', username: '', display_name: '', action: 'conflict', status: 'planned', reason: 'wanted_by_rule', reason_params: sales, fields: []})]);
    explore();
    expect(await rowCount()).toBe(1);
    const header = within(shownRows()[0]!).getByRole('rowheader', {name: 'Sales <b> (channel of Company)'});
    expect(within(header).queryByRole('link')).not.toBeInTheDocument();
    await userEvent.click(header);
    const details = screen.getByRole('region', {name: 'Sales <b> (channel of Company)'});
    expect(within(details).getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(['#runs/target/c1']);
});
