import {parsePolicy} from './parse';

function pathsOf(raw: string | object): (string | undefined)[] {
    const {policy, faults} = parsePolicy(raw);
    expect(policy).toBeNull();
    expect(faults.map(({code}) => code)).toEqual(faults.map(() => 'policy_invalid'));
    return faults.map(({path}) => path);
}

const names = (list: unknown) => ({scope: {allow: {display_name_contains: list}}});

describe('a policy that is not valid', () => {
    test.each<[string, string | object, string[]]>([
        ['text that is no JSON', '{', ['Policy']],
        ['a document that is no object', '[]', ['Policy']],
        ['lists for sections', {scope: {allow: []}, limits: []}, ['Policy.scope.allow', 'Policy.limits']],
        ['null', 'null', ['Policy']],
        ['another version', {version: 2}, ['Policy.version']],
        ['a misspelt key', {scop: {}}, ['Policy.scop']],
        ['a misspelt key inside', {scope: {alow: {}}}, ['Policy.scope.alow']],
        ['a blank name', names(['Kim', 'Lee', '  ']), ['Policy.scope.allow.display_name_contains[2]']],
        ['a name of 129 characters', names(['n'.repeat(129)]), ['Policy.scope.allow.display_name_contains[0]']],
        ['a number for a name', names([7]), ['Policy.scope.allow.display_name_contains[0]']],
        ['a name for the list of names', names('Kim'), ['Policy.scope.allow.display_name_contains']],
        ['1,001 names', names(Array(1001).fill('Kim')), ['Policy.scope.allow.display_name_contains']],
        ['single sign-on without its service', {accounts: {sign_in: {method: 'single_sign_on'}}}, ['Policy.accounts.sign_in.service']],
        ['single sign-on with an unknown service', {accounts: {sign_in: {method: 'single_sign_on', service: 'ldap'}}}, ['Policy.accounts.sign_in.service']],
        ['a service without single sign-on', {accounts: {sign_in: {method: 'random_password', service: 'saml'}}}, ['Policy.accounts.sign_in.service']],
        ['an unknown sign-in method', {accounts: {sign_in: {method: 'magic'}}}, ['Policy.accounts.sign_in.method']],
        ['no concurrency', {limits: {concurrency: 0}}, ['Policy.limits.concurrency']],
        ['too much concurrency', {limits: {concurrency: 33}}, ['Policy.limits.concurrency']],
        ['half a day', {history: {keep_days: 0.5}}, ['Policy.history.keep_days', 'Policy.history.keep_days']],
        ['ten years and a day', {history: {keep_days: 3651}}, ['Policy.history.keep_days']],
    ])('%s', (_, raw, paths) => {
        expect(pathsOf(raw)).toEqual(paths);
    });

    test('tells every fault at once', () => {
        expect(pathsOf({...names(['', 7]), limits: {concurrency: 99}, extra: 1})).toEqual([
            'Policy.scope.allow.display_name_contains[0]', 'Policy.scope.allow.display_name_contains[1]', 'Policy.limits.concurrency', 'Policy.extra',
        ]);
    });

    test('says where and what in the parameters of its message', () => {
        const {faults} = parsePolicy({limits: {concurrency: 99}});
        expect(faults[0]!.params).toMatchObject({path: 'Policy.limits.concurrency', detail: expect.stringContaining('32')});
    });

    test('does not repeat an endless value', () => {
        const {faults} = parsePolicy({version: 'x'.repeat(10_000)});
        expect(String(faults[0]!.params!.detail).length).toBeLessThanOrEqual(200);
    });
});

test('a key from the prototype is no part of a policy', () => {
    const {policy} = parsePolicy('{"__proto__": {"everyone": true}}');
    expect(policy?.scope.everyone ?? false).toBe(false);
});
