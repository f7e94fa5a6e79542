import {type ErrorCode, SyncError} from '../errors';
import type {ConnectionStep} from '../lists';
import type {Directory} from '../ports';

import {testConnection} from './test';

/** A directory whose named steps fail. */
function directory(failing: Partial<Record<ConnectionStep, ErrorCode | Error>>): {directory: Directory} {
    const probe = ({step}: {step: ConnectionStep}) => {
        const failure = failing[step];
        if (failure) {
            throw failure instanceof Error ? failure : new SyncError({code: failure});
        }
        return {detail: `${step} of\nContoso`};
    };
    return {directory: {probe} as Directory};
}

test('a connection that works shows what the tenant says', async () => {
    expect(await testConnection({}, directory({}))).toEqual({
        ok: true,
        steps: [
            {step: 'token', ok: true, detail: 'token of Contoso', fault: null},
            {step: 'users', ok: true, detail: 'users of Contoso', fault: null},
            {step: 'groups', ok: true, detail: 'groups of Contoso', fault: null},
        ],
    });
});

test('without a token nothing else is tried', async () => {
    expect(await testConnection({}, directory({token: 'secret_wrong'}))).toEqual({
        ok: false,
        steps: [{step: 'token', ok: false, detail: '', fault: {code: 'secret_wrong'}}],
    });
});

test('groups that may not be read do not spoil the test, users do', async () => {
    expect((await testConnection({}, directory({groups: 'consent_missing'}))).ok).toBe(true);
    const report = await testConnection({}, directory({users: 'consent_missing'}));
    expect(report.ok).toBe(false);
    expect(report.steps.map(({ok}) => ok)).toEqual([true, false, true]);
});

test('a programming error is not shown as a fault of the connection', async () => {
    await expect(testConnection({}, directory({users: new TypeError('oops')}))).rejects.toThrow('oops');
});
