import type {Counts, Run, RunState} from '../types';

import {webhookBody} from './webhook';

const counts: Counts = {
    directory: 9, in_scope: 7, created: 3, updated: 2, reactivated: 1, deactivated: 1, joined: 0, left: 0, promoted: 0, demoted: 0, unchanged: 0, skipped: 0, unlisted: 0, conflicts: 0, failed: 0, held: 0,
};

function bodyOf(changes: Partial<Run>) {
    const run: Run = {
        id: 'r1', mode: 'apply', trigger: 'schedule', actor_id: '', user: '', state: 'succeeded', started_at: 1, finished_at: 2, counts, progress: null,
        error: null, reading: 'full', hold: null, approves: '', approved_at: 0, approved_by: '', discarded_at: 0, discarded_by: '', does_not_fit: 0, ...changes,
    };
    return JSON.parse(webhookBody({run}).body);
}

test.each<[RunState, string]>([
    ['succeeded', 'success'], ['held', 'success'], ['partial', 'fail'], ['failed', 'fail'], ['cancelled', 'fail'], ['interrupted', 'fail'],
])('%s posts %s', (state, status) => {
    expect(bodyOf({state})).toMatchObject({status, synced: 7, run: {id: 'r1', state, counts}});
});

test('memberships are counted in the run and are no accounts', () => {
    expect(bodyOf({counts: {...counts, joined: 40, left: 2}})).toMatchObject({synced: 7, run: {counts: {joined: 40, left: 2}}});
});

test('a preview has synced no users', () => {
    expect(bodyOf({mode: 'preview'})).toMatchObject({status: 'success', synced: 0});
});

test('an error is put into words', () => {
    expect(bodyOf({state: 'failed', error: {code: 'secret_expired'}}).run.error).toMatchObject({
        code: 'secret_expired', message: 'The client secret has expired.', hint: expect.stringContaining('create a new client secret'),
    });
});
