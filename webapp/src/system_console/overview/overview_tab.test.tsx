/** @jest-environment jsdom */
import {act, screen, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import {cloneElement} from 'react';

import type {OverviewAnswer, RunAnswer, StatusAnswer} from '../../answers';
import {connectionTested} from '../../store/actions';
import {currentPlace} from '../../store/selectors';
import {FakeServer} from '../../testing/fake_server';
import {samplePlainSettings} from '../../testing/plain_settings';
import {renderPage} from '../../testing/render_page';
import {sampleJob} from '../../testing/sample_job';
import {heldRun, noCounts, runningRun, sampleOverview, sampleRun, sampleStatus} from '../../testing/samples';
import {saferDefaults, saferRules} from '../../sync/policy/safer_defaults';
import type {PlainSettings} from '../frame/settings';
import type {SyncJob} from '../frame/use_sync_job';

import {OverviewTab} from './overview_tab';

const server = new FakeServer();
const day = 86_400_000;
const now = Date.UTC(2025, 2, 1, 4);
const synced = sampleRun({mode: 'apply', finished_at: now - (2 * 3_600_000), trigger: 'schedule'});

beforeEach(() => {
    jest.useFakeTimers({now, doNotFake: ['setTimeout', 'setInterval', 'queueMicrotask', 'nextTick', 'setImmediate']});
    window.localStorage.clear();
    server.install();
    server.requests.length = 0;
    server.on('GET /overview', sampleOverview());
    server.on('GET /runs', {runs: [], total: 0, page: 0, per_page: 30});
});
afterEach(() => {
    server.uninstall();
    jest.useRealTimers();
});

/** Settings whose saved policy has all users in scope, unless another policy is given. */
function savedSettings(policy: object = {scope: {everyone: true}}, saved: object = {}): PlainSettings {
    const config = {PluginSettings: {Plugins: {entrasync: {policy, ...saved}}}};
    return new Map(Array.from(samplePlainSettings({Credential: 'secret', Policy: {}}), ([key, element]) => [key, cloneElement(element, {config} as object)]));
}

async function renderTab(change: Partial<SyncJob> = {}, {locale = 'en', policy = undefined as object | undefined, saved = {}} = {}) {
    const page = renderPage(<OverviewTab job={sampleJob({run: synced, ...change})} settings={savedSettings(policy, saved)}/>, {locale});
    await act(async () => undefined);
    return page;
}

const withStatus = (status: Partial<StatusAnswer>, run: RunAnswer | null = synced) => renderTab({status: sampleStatus(status), run});
const withOverview = (overview: Partial<OverviewAnswer>) => server.on('GET /overview', sampleOverview(overview));
const region = (name: string) => within(screen.getByRole('region', {name}));
const fact = (name: string) => screen.getByText(name, {selector: 'dt'}).nextElementSibling;

describe('at a glance', () => {
    test('a sync that works: connected, on, healthy, when it ran and when it runs next', async () => {
        await renderTab();

        expect(fact('Connection')).toHaveTextContent('Connected');
        expect(fact('Schedule')).toHaveTextContent('On');
        expect(fact('Health')).toHaveTextContent('Healthy');
        expect(fact('Last run')).toHaveTextContent('2 hours ago succeeded Show changesSync: 7 created, 3 updatedMar 1, 2025, 11:00 AM, started by: schedule');
        expect(fact('Next run')).toHaveTextContent('in 2 daysMonday, March 3, 2025 at 03:00 (Asia/Seoul)');
    });

    test('the next run is shown in the time zone of the schedule, not the reader\'s', async () => {
        await withStatus({time_zone: 'America/New_York'});

        expect(fact('Next run')).toHaveTextContent('Sunday, March 2, 2025 at 13:00 (America/New_York)');
    });

    test.each(['Factory/Unknown', ''])('where the browser does not know the zone (%j), the reader\'s own clock is taken, and named', async (time_zone) => {
        await withStatus({time_zone});

        expect(fact('Next run')).toHaveTextContent(/Monday, March 3, 2025 at 03:00 \(your time zone\)$/);
    });

    test('the same in Korean', async () => {
        await renderTab({}, {locale: 'ko'});

        expect(fact('연결')).toHaveTextContent('연결됨');
        expect(fact('마지막 실행')).toHaveTextContent('2시간 전');
        expect(fact('다음 실행')).toHaveTextContent('2025년 3월 3일 월요일 03:00 (Asia/Seoul)');
        expect(screen.getByText('확인이 필요한 항목이 없습니다.')).toBeVisible();
    });

    test('nothing is set up', async () => {
        withOverview({read_at: 0});
        await withStatus({configured: false, enabled: false, faults: [{code: 'not_configured'}]}, null);

        expect(fact('Connection')).toHaveTextContent('Not set up');
        expect(fact('Schedule')).toHaveTextContent('Off');
        expect(fact('Health')).toHaveTextContent('Not set up');
        expect(fact('Last run')).toHaveTextContent('No runs yet. Start with a preview.');
        expect(fact('Next run')).toHaveTextContent('No run is scheduled.');
        expect(screen.getByRole('button', {name: 'Sync now'})).toBeDisabled();
    });

    test('what the server cannot do of the policy needs attention, with a link to the setting', async () => {
        withOverview({});
        await withStatus({warnings: [{code: 'sign_in_unavailable', path: 'Policy.accounts.sign_in', params: {problem: 'password_off', service: ''}, message: '', hint: ''}]});

        expect(fact('Health')).toHaveTextContent('Needs attention');
        const row = screen.getByText(/signing in with a password is turned off/).closest('li')!;
        expect(within(row).getByText('Warning')).toBeVisible();
        expect(within(row).getByText('Lifecycle > Sign-in method for new accounts')).toBeVisible();
        expect(row).not.toHaveTextContent('Policy.');
        expect(within(row).getByRole('link')).toHaveAttribute('href', expect.stringContaining('lifecycle'));
    });

    test('a preview says what a sync would do', async () => {
        await renderTab({run: sampleRun()});

        expect(fact('Last run')).toHaveTextContent('A sync would have made these changes: 7 created, 3 updated');
    });

    test('until the server has answered nothing is claimed', async () => {
        await renderTab({status: null, run: null});

        expect(region('Run').getByText('Loading…')).toBeVisible();
        expect(screen.queryByText('Nothing needs your attention.')).not.toBeInTheDocument();
    });

    test('a running run shows its progress, beside the one before', async () => {
        await renderTab({status: sampleStatus({last_run: synced}), run: runningRun(25, 100), isRunning: true});

        expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '25');
        expect(fact('Last run')).toHaveTextContent('2 hours ago succeeded');
        expect(screen.getByRole('button', {name: 'Cancel run'})).toBeEnabled();
    });

    test('one notice says that nothing answers', async () => {
        server.on('GET /overview', 'Bad gateway', 502);
        server.on('GET /runs', 'Bad gateway', 502);
        await renderTab({status: null, run: null, fault: {code: 'plugin_unavailable'}});

        expect(screen.getAllByText('Entra Sync is not responding.')).toHaveLength(1);
    });
});

test('a set-up that has worked does not begin again when the connection breaks', async () => {
    await withStatus({faults: [{code: 'setting_missing', path: 'ClientSecret'}], configured: false});

    expect(screen.queryByRole('region', {name: 'Set up Entra Sync'})).not.toBeInTheDocument();
});

describe('the counts of users', () => {
    test('four numbers, and when they were read', async () => {
        await renderTab();

        expect(fact('In the directory')).toHaveTextContent('1,200');
        expect(fact('In scope')).toHaveTextContent('80');
        expect(fact('Linked to an account')).toHaveTextContent('78');
        expect(fact('Deactivated by Entra Sync')).toHaveTextContent('4');
        expect(screen.getByText(/^Based on the full directory read 59 minutes ago \(/)).toBeVisible();
    });

    test('before the first read, what only a read can tell is not known', async () => {
        withOverview({read_at: 0, directory: 0, in_scope: 0, linked: 0});
        await renderTab();

        expect(fact('In the directory')).toHaveTextContent('—Not known yet');
        expect(fact('In scope')).toHaveTextContent('—Not known yet');
        expect(fact('Linked to an account')).toHaveTextContent('0');
        expect(screen.getByText(/^The directory has not been read yet/)).toBeVisible();
    });

    test('a fault of the numbers alone is shown with them', async () => {
        server.on('GET /overview', {code: 'database_failed', message: 'The database failed.'}, 500);
        await renderTab();

        expect(region('User summary').getByText('The database failed.')).toBeVisible();
        expect(fact('Linked to an account')).toHaveTextContent('—');
    });
});

/** Opens the guide, which is one line once the directory has been read. */
const unfold = () => userEvent.click(screen.getByRole('button', {name: 'Set up Entra Sync', expanded: false}));

describe('what needs attention', () => {
    const rows = () => Array.from(region('Needs attention').getAllByRole('list')[0]?.children ?? []) as HTMLElement[];
    const only = () => {
        expect(rows()).toHaveLength(1);
        return within(rows()[0] as HTMLElement);
    };

    test('nothing does, and that is said', async () => {
        await renderTab();

        expect(region('Needs attention').getByText('Nothing needs your attention.')).toBeVisible();
    });

    test.each([
        ['TenantId', '#connection/TenantId', ''],
        ['Schedule', '#schedule/Schedule', ''],
        ['InitialPassword', '#lifecycle/InitialPassword', ''],
        ['Policy.scope.rules[0].when', '#users', 'Users > Rules'],
        ['Policy.mapping.nickname', '#mapping', 'Attribute mapping > Nickname'],
        ['Policy.guard', '#lifecycle', 'Lifecycle > Safety limits'],
    ])('a fault of %s leads to its place and names it as the page does', async (path, href, place) => {
        await withStatus({faults: [{code: 'setting_invalid', path}]});

        expect(only().getByRole('link', {name: 'Fix'})).toHaveAttribute('href', href);
        expect(only().queryAllByText(/^(Users|Attribute mapping|Lifecycle) > /).map(({textContent}) => textContent)).toEqual(place === '' ? [] : [place]);
        expect(only().queryByText(path)).not.toBeInTheDocument();
    });

    test('a fault that no setting fixes has no link', async () => {
        await withStatus({faults: [{code: 'database_unsupported', params: {value: 'mysql'}}]});

        expect(only().queryByRole('link')).not.toBeInTheDocument();
    });

    test('a run that failed at Microsoft is read aloud and leads to the connection', async () => {
        const error = {code: 'secret_expired' as const, raw: {code: 'AADSTS7000222', trace_id: 'trace-9'}};
        await renderTab({run: sampleRun({state: 'failed', error, mode: 'apply', counts: noCounts})});

        expect(fact('Last run')).toHaveTextContent('The run ended before it read or changed anything.');
        const alert = screen.getByRole('alert');
        for (const words of ['The client secret has expired.', 'AADSTS7000222', 'trace-9']) {
            expect(alert).toHaveTextContent(words);
        }
        expect(only().getByRole('link', {name: 'Check connection'})).toHaveAttribute('href', '#connection');
        expect(fact('Connection')).toHaveTextContent('Not connected');
        expect(fact('Health')).toHaveTextContent('Runs are failing');
    });

    test('a run that was interrupted leads to the run', async () => {
        await renderTab({run: sampleRun({state: 'interrupted'})});

        expect(only().getByText('The last run did not finish.')).toBeVisible();
        expect(only().getByRole('link', {name: 'Show run'})).toHaveAttribute('href', '#runs/run1');
        expect(fact('Connection')).toHaveTextContent('Connected');
    });

    test('held changes lead to them', async () => {
        const held = heldRun();
        await withStatus({held_run: held}, held);

        expect(only().getByRole('link', {name: 'Review changes'})).toHaveAttribute('href', '#runs/run1/held');
        expect(fact('Health')).toHaveTextContent('Needs attention');
    });

    test('what a preview would hold is said with its reasons', async () => {
        await renderTab({run: heldRun({mode: 'preview'})});

        expect(only().getByText(/A sync would hold these changes/)).toBeVisible();
        expect(only().getByText('8 of 110 linked accounts would be deactivated')).toBeVisible();
    });

    test('conflicts, failing users and accounts that do not fit lead to their run', async () => {
        withOverview({conflicts: 2, conflicts_run: 'run9', failing: 1, failing_run: 'run8', failing_tried: 1});
        await renderTab({run: {...synced, does_not_fit: 3}});

        const [fit, conflicts, failing] = rows().map((row) => within(row));
        expect(fit?.getByText(/^3 new accounts exceed the user limit/)).toBeVisible();
        expect(conflicts?.getByText(/^2 conflicts/)).toBeVisible();
        expect(conflicts?.getByRole('link')).toHaveAttribute('href', '#runs/run9/conflict');
        expect(fact('Health')).toHaveTextContent('Needs attention');
        expect(failing?.getByText('Changes for 1 user failed and will be retried.')).toBeVisible();
        expect(failing?.getByRole('link')).toHaveAttribute('href', '#runs/run8/failed');
    });

    test.each([
        ['some wait in the run', {failing_run: 'run8', failing_tried: 2, failing_waiting: 3}, [['Show failed changes', '#runs/run8/failed'], ['Show pending retries', '#runs/run8/retry_waits']]],
        ['all wait', {failing_run: 'run8', failing_waiting: 5}, [['Show pending retries', '#runs/run8/retry_waits']]],
        ['no run tells who', {}, [['Show run', '#runs']]],
    ])('failing users link to the run that lists them: %s', async (_, overview, ways) => {
        withOverview({failing: 5, ...overview});
        await renderTab();

        expect(only().getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')])).toEqual(ways);
    });

    test('a schedule that is slowed down says since when and until when', async () => {
        await withStatus({quarantine: {failures: 3, since: now - day, next_at: now + 3_600_000}});

        expect(only().getByText(/3/)).toHaveTextContent('Mar 1, 2025, 2:00 PM');
        expect(fact('Schedule')).toHaveTextContent('On, delayed after failures');
    });

    test.each([[29, /expires in 29 days/], [-1, /^The client secret expired yesterday/]])('a secret with %i days left is named', async (days, words) => {
        withOverview({secret_expires_at: now + (days * day)});
        await renderTab();

        expect(only().getByText(words)).toBeVisible();
        expect(only().getByRole('link')).toHaveAttribute('href', '#connection');
        expect(fact('Health')).toHaveTextContent('Needs attention');
    });

    test('the credential that ends is the saved one, whatever is chosen on the screen', async () => {
        withOverview({secret_expires_at: now + (9 * day)});
        await renderTab({}, {saved: {credential: 'certificate'}});

        expect(only().getByText(/^The client certificate expires/)).toBeVisible();
    });

    test('a secret that has ended is named once', async () => {
        withOverview({secret_expires_at: now - day});
        await renderTab({run: sampleRun({state: 'failed', error: {code: 'secret_expired'}})});

        expect(only().getByText('The client secret has expired.')).toBeVisible();
    });

    test.each([[0], [now + (31 * day)]])('a secret that ends at %i is not', async (secret_expires_at) => {
        withOverview({secret_expires_at});
        await renderTab();

        expect(screen.getByText('Nothing needs your attention.')).toBeVisible();
    });

    test('a schedule that is off is noted once the guide is out of the way', async () => {
        await withStatus({enabled: false});
        expect(screen.queryByRole('region', {name: 'Needs attention'})).not.toBeInTheDocument();

        await unfold();
        await userEvent.click(screen.getByRole('button', {name: 'Hide'}));

        expect(only().getByRole('link', {name: 'Open schedule'})).toHaveAttribute('href', '#schedule/Enabled');
    });
});

describe('the set-up guide', () => {
    const states = () => region('Set up Entra Sync').getAllByRole('listitem').map((step) => within(step).getByText(/^(Done|Next|To do)$/).textContent);
    const fresh = {configured: false, enabled: false, faults: [{code: 'not_configured' as const}]};
    const ready = {enabled: false};

    test('is not there when everything is done', async () => {
        await renderTab();

        expect(screen.queryByRole('region', {name: 'Set up Entra Sync'})).not.toBeInTheDocument();
        expect(screen.queryByRole('button', {name: 'Show setup guide'})).not.toBeInTheDocument();
    });

    test('begins with the registration, with the exact names of the permissions', async () => {
        withOverview({read_at: 0});
        await renderTab({status: sampleStatus(fresh), run: null}, {policy: {}});

        expect(states()).toEqual(['Next', 'To do', 'To do', 'To do', 'To do', 'To do']);
        expect(screen.getByText('User.Read.All')).toBeVisible();
        expect(screen.getByText('GroupMember.Read.All')).toBeVisible();
        expect(screen.getByRole('link', {name: 'Enter values'})).toHaveAttribute('href', '#connection/TenantId');
        expect(screen.getByRole('link', {name: /How to register/})).toHaveAttribute('rel', 'noopener noreferrer');
        expect(screen.queryByText('Entra Sync is not set up yet.')).not.toBeInTheDocument();
    });

    test.each([
        ['the secret is missing', {...ready, configured: false, faults: [{code: 'setting_missing' as const, path: 'ClientSecret'}]}, 'Enter values', ['Done', 'Next', 'To do']],
        ['nothing is tested', ready, 'Go to test', ['Done', 'Done', 'Next']],
    ])('the next step when %s', async (_, status, link, expected) => {
        withOverview({read_at: 0});
        await renderTab({status: sampleStatus(status), run: null}, {policy: {}});

        expect(states().slice(0, 3)).toEqual(expected);
        expect(screen.getByRole('link', {name: link})).toBeVisible();
    });

    test('a connection test that went well stays done when other settings are saved after it', async () => {
        withOverview({read_at: 0});
        const {store} = await renderTab({status: sampleStatus(ready), run: null}, {policy: {}});
        act(() => {
            store.dispatch(connectionTested({answer: {ok: true, steps: []}, revision: 'before the people were chosen', at: now}));
        });

        expect(states().slice(0, 4)).toEqual(['Done', 'Done', 'Done', 'Next']);
    });

    test.each([
        [{}, 'Next'],
        [{scope: {allow: {email_domain: ['example.com']}}}, 'Done'],
        [{scope: {rules: [{name: 'off', effect: 'allow', enabled: false, when: {attribute: 'department', equals: 'Sales'}}]}}, 'Next'],
        [{scope: {everyone: 'yes'}}, 'Next'],
    ])('the saved policy %j has users in scope: %s', async (policy, expected) => {
        await renderTab({status: sampleStatus(ready)}, {policy});
        await unfold();

        expect(states()[3]).toBe(expected);
        expect(screen.getByText('Select the users to sync').closest('li')?.getAttribute('aria-current')).toBe(expected === 'Next' ? 'step' : null);
    });

    test('starts the preview, as soon as one can be started', async () => {
        withOverview({read_at: 0});
        const start = jest.fn();
        const {rerender} = await renderTab({status: sampleStatus(ready), hasUnsavedSettings: true, start});
        expect(screen.getByRole('button', {name: 'Start preview'})).toBeDisabled();

        rerender(<OverviewTab job={sampleJob({status: sampleStatus(ready), run: synced, start})} settings={savedSettings()}/>);
        await userEvent.click(screen.getByRole('button', {name: 'Start preview'}));

        expect(start).toHaveBeenCalledWith('preview');
    });

    test('is one line on a server that has read the directory, with the next step', async () => {
        await withStatus(ready);
        const line = screen.getByRole('button', {name: 'Set up Entra Sync', expanded: false});
        expect(line).toHaveAccessibleDescription('5 of 6 steps are done. Next: Turn on the schedule');
        expect(region('Set up Entra Sync').queryByRole('listitem')).not.toBeInTheDocument();

        line.focus();
        await userEvent.keyboard('{Enter}');
        expect(states()).toHaveLength(6);
    });

    test('leads to the schedule at last', async () => {
        const {store} = await withStatus(ready);
        await unfold();
        expect(states()).toEqual(['Done', 'Done', 'Done', 'Done', 'Done', 'Next']);

        await userEvent.click(screen.getByRole('link', {name: 'Open schedule'}));

        expect(currentPlace(store.getState() as never).tab).toBe('schedule');
    });

    test('can be hidden and called back, with the keyboard where it was; the browser remembers', async () => {
        const {unmount} = await withStatus(ready);
        await unfold();
        await userEvent.click(screen.getByRole('button', {name: 'Hide'}));
        expect(screen.getByRole('button', {name: 'Show setup guide'})).toHaveFocus();

        unmount();
        await withStatus(ready);
        expect(screen.queryByRole('region', {name: 'Set up Entra Sync'})).not.toBeInTheDocument();

        await userEvent.click(screen.getByRole('button', {name: 'Show setup guide'}));
        expect(screen.getByRole('region', {name: 'Set up Entra Sync'})).toHaveFocus();
    });
});

test('the tab has no fault that axe finds', async () => {
    const runs = [{...synced, counts: {...noCounts, created: 2}}];
    server.on('GET /runs', {runs, total: 1, page: 0, per_page: 30});
    withOverview({conflicts: 2, conflicts_run: 'run9', secret_expires_at: now + day});
    const {container} = await withStatus({enabled: false, faults: [{code: 'setting_invalid', path: 'WebhookUrl'}]});
    await screen.findByRole('img', {name: /^1 sync/});
    jest.useRealTimers();

    const {violations} = await axe.run(container, {rules: {'color-contrast': {enabled: false}}});

    expect(violations.map(({id, nodes}) => ({id, where: nodes.map((node) => node.html)}))).toEqual([]);
});

describe('after an upgrade', () => {
    const notice = () => screen.queryByText('Some defaults are safer than in the version that this server ran before');

    test('the defaults that are safer now are listed until an administrator dismisses them', async () => {
        withOverview({safer_defaults: true});
        server.on('POST /overview/safer_defaults/dismiss', sampleOverview());
        await renderTab();
        expect(screen.getByText(/at least 30 minutes apart/)).not.toBeVisible();
        await userEvent.click(screen.getByRole('button', {name: 'Show details'}));
        expect(screen.getByText(/at least 30 minutes apart/)).toBeVisible();
        expect(screen.getByText(/linked only if you approve that change/)).toBeVisible();
        withOverview({safer_defaults: false});
        await userEvent.click(screen.getByRole('button', {name: 'Dismiss'}));
        expect(notice()).toBeNull();
    });

    test('a policy that sets all of them reads only about the rules without a key', async () => {
        withOverview({safer_defaults: true});
        const policy = saferDefaults.reduce<object>((document, {key}) => withKey(document, key.split('.')), {scope: {everyone: true}});
        await renderTab({}, {policy});
        expect(screen.queryByText(/^Your policy does not set/)).not.toBeInTheDocument();
        expect(screen.getByText('0 defaults and 4 rules have changed.')).toBeVisible();
        expect(screen.getByText(/no account of the user is created/)).toBeInTheDocument();
    });

    test('all of them have their sentence in Korean', async () => {
        withOverview({safer_defaults: true});
        await renderTab({}, {locale: 'ko'});
        const list = screen.getByText(/이전에 사용한 버전보다 안전해진/).parentElement!;
        await userEvent.click(within(list).getByRole('button', {name: '변경 내용 보기'}));
        expect(within(list).getAllByRole('listitem')).toHaveLength(saferDefaults.length + saferRules.length);
        expect(list).not.toHaveTextContent(/[a-z]{4,} [a-z]{3,}/i);
    });
});

/** The document with a value at the path. */
function withKey(document: object, [name, ...rest]: string[]): object {
    const inner = (document as Record<string, object>)[name!] ?? {};
    return {...document, [name!]: rest.length === 0 ? 0 : withKey(inner, rest)};
}
