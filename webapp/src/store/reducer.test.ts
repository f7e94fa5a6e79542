import type {Phase} from '../sync/lists';
import {noCounts, runningRun, sampleRun} from '../testing/samples';

import {connectionTested, personChosen, runReceived, sourceKnown} from './actions';
import {reducer, type PluginState} from './reducer';
import {actionOfRunEvent} from './events';
import {chosenPerson, dataRevision, hasUnsavedSettings, newestRun, runById, testedConnection} from './selectors';

function stateAfter(...runs: Array<Parameters<typeof runReceived>[0]>): {'plugins-entrasync': PluginState} {
    const start = reducer(undefined, {type: '@@init'});
    return {'plugins-entrasync': runs.reduce((state, run) => reducer(state, runReceived(run)), start)};
}

test('the run that started last is the newest, whatever order the answers come in', () => {
    const state = stateAfter(runningRun(1, 2), sampleRun());

    expect(newestRun(state)?.id).toBe('run2');
    expect(runById(state, 'run1')).toEqual(sampleRun());
    expect(runById(state, 'unknown')).toBeNull();
});

test('a late event does not bring an ended run back to life', () => {
    const ended = runningRun(2, 2, {state: 'succeeded'});

    expect(newestRun(stateAfter(ended, runningRun(1, 2)))).toEqual(ended);
});

test('the progress of a run never goes back, whatever order polls and events arrive in', () => {
    const at = (phase: Phase, done: number, total: number) => runningRun(0, 0, {progress: {phase, done, total, counts: noCounts}});
    const sent = [at('read', 0, 0), at('read', 207, 0), at('plan', 0, 207), at('plan', 207, 207), at('apply', 0, 207), at('apply', 110, 207)];
    const started = runningRun(0, 0, {progress: null});

    expect(newestRun(stateAfter(started, ...sent))?.progress).toEqual(sent.at(-1)?.progress);
    for (const late of [started, ...sent]) {
        expect(newestRun(stateAfter(...sent, late))?.progress).toEqual(sent.at(-1)?.progress);
    }
    expect(newestRun(stateAfter(...sent, runningRun(0, 0, {state: 'succeeded', progress: null})))?.state).toBe('succeeded');
});

test('actions of others leave the state as it is', () => {
    const state = stateAfter(sampleRun())['plugins-entrasync'];

    expect(reducer(state, {type: 'RECEIVED_POST'})).toBe(state);
});

test('an event carries the run as text', () => {
    expect(actionOfRunEvent({event: 'custom_entrasync_run', data: {run: JSON.stringify(sampleRun())}})).toEqual(runReceived(sampleRun()));
});

test.each([[undefined], [{}], [{run: 'not JSON'}], [{run: '{"id":1}'}]])('an event that cannot be read changes nothing: %j', (data) => {
    expect(actionOfRunEvent({event: 'custom_entrasync_run', data})).toBeNull();
});

test('a web client without the console\'s mark counts as saved', () => {
    expect(hasUnsavedSettings({})).toBe(false);
    expect(hasUnsavedSettings({views: {admin: {navigationBlock: {blocked: true}}}})).toBe(true);
});

test('a connection test counts until the settings are others', () => {
    const answer = {ok: true, steps: []};
    const state = {'plugins-entrasync': reducer(undefined, connectionTested({answer, revision: 'a1', at: 5}))};

    expect(testedConnection(state, 'a1')?.answer).toBe(answer);
    expect(testedConnection(state, 'b2')).toBeNull();
    expect(testedConnection({}, 'a1')).toBeNull();
});

test('data is requested again when a run has ended or the directory is a different one, not before', () => {
    const of = (...sources: string[]) => dataRevision({
        'plugins-entrasync': sources.reduce((state, source) => reducer(state, sourceKnown(source)), reducer(undefined, runReceived(sampleRun()))),
    });
    expect(of('tenant-a')).toBe(of());
    expect(of('tenant-a', 'tenant-a')).toBe(of());
    expect(of('tenant-a', 'tenant-b')).not.toBe(of());
    expect(of('tenant-a', 'tenant-b', 'tenant-a')).not.toBe(of('tenant-a', 'tenant-b'));
    expect(dataRevision(stateAfter(sampleRun({id: 'run9', finished_at: Date.UTC(2025, 2, 4)}), sampleRun()))).not.toBe(of());
});

test('a user of another directory is no longer chosen', () => {
    const kim = {object_id: '1', display_name: 'Kim', email: '', user_principal_name: ''};
    const after = (...sources: string[]) => chosenPerson({'plugins-entrasync': sources.reduce(
        (state, source) => reducer(state, sourceKnown(source)), reducer(undefined, personChosen(kim)))});
    expect(after('tenant-a', 'tenant-a')).toBe(kim);
    expect(after('tenant-a', 'tenant-b')).toBeNull();
});
