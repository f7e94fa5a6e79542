import {runStates, type RunState} from '../lists';

import {canApprove, checkApproval, isHoldExpired, isOpen, type DecidableRun} from './approvable';
import {mustTypeCount, newAddresses} from './caution';

const now = Date.UTC(2026, 10, 22, 18);
const hour = 3_600_000;

function runOf(change: Partial<DecidableRun>): DecidableRun {
    return {mode: 'apply', state: 'held', finished_at: now - hour, hold: {kinds: [], expires_at: now + hour}, ...change};
}

function codeOf(change: Partial<DecidableRun>, has_open_changes = true): string | undefined {
    return checkApproval({run: runOf(change), has_open_changes, has_common_changes: has_open_changes, names_changes: false, now}).fault?.code;
}

test('held changes can be approved until their approval expires', () => {
    expect(codeOf({})).toBeUndefined();
    expect(codeOf({hold: {kinds: [], expires_at: now}})).toBe('approval_expired');
    expect(codeOf({hold: null})).toBe('approval_expired');
});

test.each(runStates.filter((state) => state !== 'held'))('a sync run that is %s holds nothing', (state) => {
    expect(codeOf({state})).toBe('nothing_held');
});

const worked: RunState[] = ['succeeded', 'partial', 'held'];

test.each(runStates.filter((state) => !worked.includes(state)))('a preview that is %s is not a complete plan', (state) => {
    expect(codeOf({mode: 'preview', state})).toBe('plan_unfinished');
    expect(codeOf({mode: 'preview', state}, false)).toBe('plan_unfinished');
});

test.each(worked)('the plan of a preview that %s can be applied for a day, while something in it is open', (state) => {
    expect(codeOf({mode: 'preview', state, hold: null})).toBeUndefined();
    expect(codeOf({mode: 'preview', state, hold: null}, false)).toBe('nothing_planned');
    expect(codeOf({mode: 'preview', state, finished_at: now - (24 * hour) + 1})).toBeUndefined();
    expect(codeOf({mode: 'preview', state, finished_at: now - (24 * hour)})).toBe('plan_expired');
});

test('what can be approved for want of no more than open changes', () => {
    expect(canApprove(runOf({}), now)).toBe(true);
    expect(canApprove(runOf({state: 'succeeded'}), now)).toBe(false);
    expect(isHoldExpired(runOf({}), now)).toBe(false);
    expect(isHoldExpired(runOf({hold: {kinds: [], expires_at: now}}), now)).toBe(true);
    expect(isHoldExpired(runOf({state: 'failed', hold: null}), now)).toBe(false);
});

test('a preview plans changes and only tells of skips and conflicts; a sync run holds changes', () => {
    expect(isOpen({action: 'deactivate', status: 'planned'}, 'preview')).toBe(true);
    expect(isOpen({action: 'skip', status: 'planned'}, 'preview')).toBe(false);
    expect(isOpen({action: 'conflict', status: 'planned'}, 'preview')).toBe(false);
    expect(isOpen({action: 'create', status: 'done'}, 'preview')).toBe(false);
    expect(isOpen({action: 'create', status: 'held'}, 'apply')).toBe(true);
    expect(isOpen({action: 'create', status: 'planned'}, 'apply')).toBe(false);
});

test('more than five deactivations, new addresses, and lost memberships are approved by typing their number', () => {
    expect(mustTypeCount({deactivate: 3, addresses: 1, leave: 1})).toBe(false);
    expect(mustTypeCount({deactivate: 3, addresses: 3, leave: 0})).toBe(true);
    expect(mustTypeCount({deactivate: 0, addresses: 0, leave: 6})).toBe(true);
    expect(newAddresses({kinds: [
        {kind: 'email_changes', count: 2, total: 9}, {kind: 'username_changes', count: 1, total: 9}, {kind: 'deactivations', count: 4, total: 9},
    ]})).toBe(3);
    expect(newAddresses(null)).toBe(0);
});

test('changes that each need an approval of their own are approved only by name', () => {
    const input = {has_open_changes: true, has_common_changes: false, now};
    for (const run of [runOf({}), runOf({mode: 'preview', state: 'succeeded', hold: null})]) {
        expect(checkApproval({...input, run, names_changes: false}).fault?.code).toBe('approval_unnamed');
        expect(checkApproval({...input, run, names_changes: true}).fault).toBeNull();
        expect(checkApproval({...input, run, has_common_changes: true, names_changes: false}).fault).toBeNull();
    }
});
