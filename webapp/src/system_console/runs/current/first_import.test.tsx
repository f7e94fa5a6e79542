/** @jest-environment jsdom */
import {act, screen} from '@testing-library/react';

import {FakeServer} from '../../../testing/fake_server';
import {renderPage} from '../../../testing/render_page';
import {sampleJob} from '../../../testing/sample_job';
import {noCounts, sampleOverview, sampleRun} from '../../../testing/samples';
import type {SyncJob} from '../../frame/use_sync_job';

import {RunPanel} from './run_panel';

const server = new FakeServer();

beforeEach(() => server.install());
afterEach(() => server.uninstall());

async function render(linked: number, job: Partial<SyncJob>, locale = 'en') {
    server.on('GET /overview', sampleOverview({linked}));
    const page = renderPage(<RunPanel job={sampleJob(job)}/>, {locale});
    await act(async () => undefined);
    return page;
}

test('the sync of an administrator approves its new accounts, and a scheduled one is held', async () => {
    await render(0, {run: null});
    expect(screen.getByText(/you approve all accounts that it creates/)).toHaveTextContent(/Run a preview first.*the schedule or the trigger token starts is held/);
});

test.each([['en', /you approve the 1,234 accounts/], ['ko', /계정 1,234개를 승인/]])('the number of the last preview is told: %s', async (locale, words) => {
    await render(0, {run: sampleRun({mode: 'preview', counts: {...noCounts, created: 1234}})}, locale);
    expect(screen.getByText(words)).toBeVisible();
});

test.each([['en', /^1,234 existing accounts are linked only after your approval.*“Unverified address”/], ['ko', /^Mattermost에서 이메일 주소를 인증하지 않은 기존 계정 1,234개/]])('existing accounts that wait for an approval are told: %s', async (locale, words) => {
    const hold = {kinds: [{kind: 'unverified_email' as const, count: 1234, total: 0}], expires_at: 1};
    await render(0, {run: sampleRun({mode: 'preview', hold})}, locale);
    expect(screen.getByText(words)).toBeVisible();
});

test('a preview of one user tells no number', async () => {
    await render(0, {run: sampleRun({mode: 'preview', reading: 'person', user: 'kim@corp.example', counts: {...noCounts, created: 1}})});
    expect(screen.getByText(/you approve all accounts that it creates/)).toBeVisible();
});

test.each<[string, number, Partial<SyncJob>]>([
    ['an account is linked', 1, {}],
    ['a sync cannot be started', 0, {hasUnsavedSettings: true}],
])('nothing is told where %s', async (_, linked, job) => {
    await render(linked, job);
    expect(screen.queryByText('First import')).not.toBeInTheDocument();
});
