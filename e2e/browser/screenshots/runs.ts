import {comeToRest, everyone, loseEight, type Picture} from './picture';

/** A plan has only what the server takes, so a change seldom fails. In this picture, an answer says that one did. */
function withFailure(answer: string): unknown {
    return JSON.parse(answer, (_, part) => {
        if (part?.counts?.created > 0) {
            return {...part, state: 'partial', counts: {...part.counts, created: part.counts.created - 1, failed: 1}};
        }
        return part?.seq && part.display_name === 'Jane Roe (Research)' ? {...part, status: 'failed', error: {code: 'email_taken'}} : part;
    }) as unknown;
}

/** How runs end, which changes need approval, and the history. */
export const runs: Picture[] = [
    {
        name: 'run_failed',
        set: async (console, scene) => {
            await scene.setFault({match: 'users', kind: 'consent_missing'});
            await console.run.perform('apply', 'failed');
        },
        parts: (console) => [console.run.root],
    },
    {
        name: 'run_cancelled',
        set: async (console, scene) => {
            await scene.setFault({match: 'users', kind: 'slow', delay_ms: 60_000});
            await console.run.applyButton.click();
            await console.run.progressBar.waitFor();
            await console.run.cancelButton.click();
            await console.run.state('cancelled').waitFor();
        },
        parts: (console) => [console.run.root],
    },
    {
        name: 'run_partial',
        settings: {policy: {version: 1, scope: {allow: {display_name_contains: ['Jane Roe', 'Kimura', 'Kimberly']}}}},
        visit: {prepare: (page) => page.route(/\/api\/v1\/(status|runs)/, async (route) => route.fulfill({json: withFailure(await (await route.fetch()).text())}))},
        arrange: async (scene) => {
            await scene.run('apply');
        },
        set: async (console) => {
            await console.changes.chip('change_status', 'failed').click();
            await console.changes.rows.first().click();
            await console.changes.details.waitFor();
        },
        parts: (console) => [console.run.root, console.changes.root],
    },
    {
        name: 'held',
        settings: everyone,
        set: async (console, scene) => {
            await loseEight(scene);
            await console.run.perform('apply', 'held');
            await console.held.reviewButton.click();
            await console.held.approveAllButton.click();
            await console.changes.rows.first().waitFor();
        },
        parts: (console) => [console.held.root(8)],
    },
    {
        name: 'held_changes',
        settings: everyone,
        set: async (console, scene) => {
            await loseEight(scene);
            await console.run.perform('apply', 'held');
            await console.held.reviewButton.click();
            await console.changes.rows.nth(7).waitFor();
        },
        parts: (console) => [console.run.root, console.changes.root],
        greatestHeight: 1200,
    },
    {
        name: 'history',
        parts: (console) => [console.runs.root],
    },
    {
        name: 'person',
        set: async (console) => {
            await console.page.getByRole('searchbox', {name: console.words('entrasync.person.search')}).fill('jane.roe@research');
            await console.page.getByRole('link', {name: 'Jane Roe (Research)'}).click();
            await console.page.getByRole('link', {name: console.words('entrasync.person.back')}).waitFor();
            await comeToRest(console);
        },
        parts: (console) => [console.page.getByRole('tabpanel')],
        greatestHeight: 900,
    },
];
