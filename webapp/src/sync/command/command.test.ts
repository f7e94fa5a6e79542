import {commandWords} from '../lists';

import {command, type CommandStep} from './command';
import type {ApiAnswer, ApiRequest} from './conversation';

const run = {
    id: 'now', mode: 'apply', trigger: 'command', actor_id: 'a', user: '', state: 'running', started_at: 1, finished_at: 0,
    counts: {}, progress: null, error: null, reading: 'full', hold: null, does_not_fit: 0,
};
const status = {
    version: '0.1.0', configured: true, enabled: false, faults: [], schedule: '', time_zone: '', next_run_at: 0, current_run: {...run, id: 'now'},
    last_run: null, held_run: {...run, id: 'before'}, quarantine: null,
};
const overview = {conflicts: 0, conflicts_run: '', failing: 0, failing_run: '', failing_tried: 0, failing_waiting: 0, safer_defaults: false, secret_expires_at: 0};

type Answers = Record<string, unknown[]>;

const working: Answers = {
    'GET /status': [status],
    'GET /overview': [overview],
    'POST /runs': [run],
    'GET /runs?per_page=10': [{runs: [], total: 0}],
    'POST /connection/test': [{ok: true, steps: []}],
    'POST /runs/now/cancel': [run],
    'GET /runs/before/changes?status=held&own_approval=false&per_page=1': [{changes: [{}], total: 8}],
    'GET /runs/before/changes?status=held&own_approval=true&per_page=1': [{changes: [{}], total: 2}],
    'POST /runs/before/approve': [{...run, approves: 'before'}],
};

/** Types a command to an API that gives the answers of each route in turn and repeats the last; all at once, or one in so many ms. */
function type(text: string, routes: Answers, {code = 200, every_ms = 0} = {}) {
    const asked: ApiRequest[] = [];
    const answers: ApiAnswer[] = [];
    const left = new Map(Object.entries(routes).map(([route, bodies]) => [route, [...bodies]]));
    for (;;) {
        const step: CommandStep = command({text, locale: 'en', utc_offset_minutes: 0, now: 0, answers});
        if (!step.request) {
            return {asked, text: step.text};
        }
        asked.push(step.request);
        const bodies = left.get(`${step.request.method} ${step.request.path}`) ?? [];
        answers.push({status: code, body: bodies.length > 1 ? bodies.shift() : bodies[0] ?? {}, at_ms: answers.length * every_ms});
    }
}

const routesOf = (asked: ApiRequest[]) => asked.map(({method, path, body}) => `${method} ${path}${body ? ` ${JSON.stringify(body)}` : ''}`);

test.each<[string, string[]]>([
    ['status', ['GET /status', 'GET /overview']],
    ['help', ['GET /status']],
    ['preview', ['POST /runs {"mode":"preview"}']],
    ['sync', ['POST /runs {"mode":"apply"}']],
    ['history', ['GET /runs?per_page=10']],
    ['test', ['POST /connection/test']],
    ['cancel', ['GET /status', 'POST /runs/now/cancel']],
    ['approve', ['GET /status', 'GET /runs/before/changes?status=held&own_approval=false&per_page=1', 'GET /runs/before/changes?status=held&own_approval=true&per_page=1', 'POST /runs/before/approve']],
])('%s is asked of the HTTP API', (word, asked) => {
    const answered = type(`/entrasync ${word}`, working);
    expect(routesOf(answered.asked)).toEqual(asked);
    expect(answered.text).not.toBe('');
});

test('what is not understood asks nothing', () => {
    const {asked, text} = type('/entrasync stauts', working);
    expect(asked).toEqual([]);
    expect(text).toContain('/entrasync status');
});

// The API decides who is allowed. A refusal is shown to the user who typed, whatever the word is, and no more requests are
// made.
test.each(commandWords)('a refusal of %s is the reply', (word) => {
    const refusal = {code: 'forbidden', message: 'Not you', hint: 'Ask'};
    const routes = Object.fromEntries(Object.keys(working).map((route) => [route, [refusal]]));
    const {asked, text} = type(`/entrasync ${word}${word === 'user' ? ' lee@example.com' : ''}`, routes, {code: 403});
    expect(asked).toHaveLength(1);
    expect(text).toBe('**Not you** Ask');
});

test('without the overview, status leaves out what only the overview has', () => {
    const answers: ApiAnswer[] = [{status: 200, body: status, at_ms: 0}, {status: 500, body: {code: 'database_failed'}, at_ms: 0}];
    const step = command({text: '/entrasync status', locale: 'en', utc_offset_minutes: 0, now: 0, answers});
    expect(step.text).toContain('Entra Sync 0.1.0');
});

const routesOfOne: Answers = {
    'POST /runs': [{...run, id: 'r1'}],
    'GET /runs/r1': [{...run, id: 'r1'}, {...run, id: 'r1', state: 'succeeded'}],
    'GET /runs/r1/changes?per_page=10': [{changes: []}],
};

test('the run of one user is awaited', () => {
    const {asked, text} = type('/entrasync user lee@example.com', routesOfOne);
    expect(routesOf(asked)).toEqual([
        'POST /runs {"mode":"apply","user":"lee@example.com"}', 'GET /runs/r1', 'GET /runs/r1', 'GET /runs/r1/changes?per_page=10',
        'GET /memberships?user=lee%40example.com',
    ]);
    expect(asked.map(({after_ms = 0}) => after_ms)).toEqual([0, 100, 100, 0, 0]);
    expect(text).toBe('`lee@example.com`: no changes.');
});

test('a run that takes long is not awaited for ever', () => {
    const {asked, text} = type('/entrasync user lee@example.com', {...routesOfOne, 'GET /runs/r1': [{...run, id: 'r1'}]}, {every_ms: 5000});
    expect(routesOf(asked).slice(1)).toEqual(['GET /runs/r1', 'GET /runs/r1', 'GET /runs/r1', 'GET /runs/r1/changes?per_page=10']);
    expect(text).toMatch(/^The sync of `lee@example.com` started\./);
});

test('an approval says how many changes were held', () => {
    expect(type('/entrasync approve', working).text).toMatch(/^Applying 8 held changes\.[^]*\n2 changes require their own approval and stay held\./);
});

test.each([{}, {current_run: null, held_run: null}, {current_run: {id: ''}, held_run: {}}, {current_run: 7, held_run: []}])(
    'without a run there is nothing to cancel or approve: %j', (answer) => {
        for (const [word, code] of [['cancel', 'no_run'], ['approve', 'nothing_held']]) {
            const {asked, text} = type(`/entrasync ${word}`, {'GET /status': [answer]});
            expect(routesOf(asked)).toEqual(['GET /status']);
            expect(text).toBe(type(`/entrasync ${word}`, {'GET /status': [{code}]}, {code: 409}).text);
        }
    });

test.each<[string, Answers]>([
    ['cancel', {'GET /status': [[]]}],
    ['user lee', {'POST /runs': [[]]}],
])('an answer that is not an object has no reply: %s', (typed, routes) => {
    expect(() => type(`/entrasync ${typed}`, routes)).toThrow(TypeError);
});
