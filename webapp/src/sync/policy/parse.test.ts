import {parsePolicy} from './parse';

function pathsOf(raw: string | object): (string | undefined)[] {
    const {policy, faults} = parsePolicy(raw);
    expect(policy).toBeNull();
    expect(faults.map(({code}) => code)).toEqual(faults.map(() => 'policy_invalid'));
    return faults.map(({path}) => path);
}

const names = (list: unknown) => ({scope: {allow: {display_name_contains: list}}});

const nickname = (rule: unknown) => ({mapping: {nickname: rule}});
const steps = (...transform: unknown[]) => nickname({transform});
const at = (path: string) => [`Policy.mapping.nickname.${path}`];

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
        ['a mapped field that does not exist', {mapping: {shoe_size: {}}}, ['Policy.mapping.shoe_size']],
        ['a list for a mapping', {mapping: []}, ['Policy.mapping']],
        ['no source', nickname({sources: []}), at('sources')],
        ['11 sources', nickname({sources: Array(11).fill('mail')}), at('sources')],
        ['a misspelt attribute', nickname({sources: ['displayName', 'dispalyName']}), at('sources[1]')],
        ['an attribute that no list of users can select', nickname({sources: ['aboutMe']}), at('sources[0]')],
        ['a switch for a text', nickname({sources: ['accountEnabled']}), at('sources[0]')],
        ['an attribute of the prototype', nickname({sources: ['constructor']}), at('sources[0]')],
        ['a template without an attribute', nickname({sources: ['{{Staff}}']}), at('sources[0]')],
        ['a template with a lone brace', nickname({sources: ['{displayName} {']}), at('sources[0]')],
        ['a join without its separator', nickname({join: {}}), at('join.separator')],
        ['21 steps', steps(...Array(21).fill({step: 'lower'})), at('transform')],
        ['an unknown step', steps({step: 'lower'}, {step: 'reverse'}), at('transform[1].step')],
        ['a step with a key of another', steps({step: 'lower', pattern: 'a'}), at('transform[0].pattern')],
        ['a group that the pattern does not have', steps({step: 'match', pattern: '(a)', group: 2}), at('transform[0].group')],
        ['a wrong pattern', steps({step: 'match', pattern: 'a('}), at('transform[0].pattern')],
        ['a pattern that looks back', steps({step: 'replace_pattern', pattern: '(a)\\1', with: ''}), at('transform[0].pattern')],
        ['a pattern of 257 characters', steps({step: 'match', pattern: 'a'.repeat(257)}), at('transform[0].pattern')],
        ['a cut to nothing', steps({step: 'truncate', length: 0}), at('transform[0].length')],
        ['a username that only fills what is empty', {mapping: {username: {when: 'when_empty'}}}, ['Policy.mapping.username.when']],
        ['an email address that only fills what is empty', {mapping: {email: {when: 'when_empty'}}}, ['Policy.mapping.email.when']],
        ['auth data of accounts that have none', {mapping: {auth_data: {when: 'when_empty'}}}, ['Policy.mapping.auth_data.when']],
        ['a time zone from nowhere', {mapping: {timezone: {}}}, ['Policy.mapping.timezone.sources']],
        ['a user attribute from nowhere', {mapping: {attributes: {Team: {}}}}, ['Policy.mapping.attributes.Team.sources']],
        ['a user attribute without a name', {mapping: {attributes: {'': {sources: ['city']}}}}, ['Policy.mapping.attributes.']],
        ['51 user attributes', {mapping: {attributes: Object.fromEntries(Array.from({length: 51}, (_, at) => [`Attribute ${at}`, {sources: ['city']}]))}}, ['Policy.mapping.attributes']],
        ['an unknown time', nickname({when: 'sometimes'}), at('when')],
        ['ten years and a day', {history: {keep_days: 3651}}, ['Policy.history.keep_days']],
        ['an email address without its domain', {scope: {allow: {email: ['a@example.com', 'kim']}}}, ['Policy.scope.allow.email[1]']],
        ['an address for a domain', {scope: {deny: {email_domain: ['kim@example.com']}}}, ['Policy.scope.deny.email_domain[0]']],
        ['an object id with a blank', {scope: {deny: {object_id: ['a b']}}}, ['Policy.scope.deny.object_id[0]']],
        ['two people in one entry', {scope: {allow: {people: ['a@example.com b@example.com']}}}, ['Policy.scope.allow.people[0]']],
        ['10,001 people', {scope: {allow: {people: Array(10_001).fill('a@example.com')}}}, ['Policy.scope.allow.people']],
    ])('%s', (_, raw, paths) => {
        expect(pathsOf(raw)).toEqual(paths);
    });

    test('reports every fault at once', () => {
        expect(pathsOf({...names(['', 7]), limits: {concurrency: 99}, extra: 1})).toEqual([
            'Policy.scope.allow.display_name_contains[0]', 'Policy.scope.allow.display_name_contains[1]', 'Policy.limits.concurrency', 'Policy.extra',
        ]);
    });

    test('says where and what in the parameters of its message', () => {
        const {faults} = parsePolicy({limits: {concurrency: 99}});
        expect(faults[0]!.params).toMatchObject({path: 'Policy.limits.concurrency', detail: expect.stringContaining('32')});
    });

    test.each([
        [steps({step: 'match', pattern: 'Kim (Min'}), 'Invalid pattern at character 9: missing closing )'],
        [steps({step: 'match', pattern: '김 x**'}), 'Invalid pattern at character 4: invalid nested repetition operator'],
        [nickname({sources: ['{displayName} {deparment}']}), 'Unknown attribute "deparment" at character 16'],
        [nickname({sources: ['{displayName}}']}), 'Invalid template: unpaired } at character 14; write }} for the sign itself'],
        [{mapping: {username: {when: 'when_empty'}}}, 'Invalid type: Expected ("on_create" | "always") but received "when_empty"'],
    ])('says what is wrong with a mapping, and where: %j', (raw, detail) => {
        expect(parsePolicy(raw).faults[0]!.params!.detail).toBe(detail);
    });

    test('does not repeat an endless value', () => {
        const {faults} = parsePolicy({version: 'x'.repeat(10_000)});
        expect(String(faults[0]!.params!.detail).length).toBeLessThanOrEqual(200);
    });
});

const city = (more: object) => ({attribute: 'city', ...more});
const rule = (when: unknown) => ({scope: {rules: [{name: 'R', effect: 'allow', when}]}});
const nested = (levels: number): object => (levels === 1 ? city({operator: 'is_empty'}) : {all: [nested(levels - 1)]});

describe('a rule that is not valid', () => {
    test.each<[string, unknown, string[]]>([
        ['no condition', {}, ['.operator']],
        ['a text for a condition', 'city', ['']],
        ['null', null, ['']],
        ['a list', [], ['.operator']],
        ['an unknown attribute', {attribute: 'mailboxSettings', operator: 'is_empty'}, ['.attribute']],
        ['an attribute in other letters', {attribute: 'City', operator: 'is_empty'}, ['.attribute']],
        ['an object for an attribute', {attribute: 'onPremisesExtensionAttributes', operator: 'is_empty'}, ['.attribute']],
        ['a sixteenth extension attribute', {attribute: 'onPremisesExtensionAttributes.extensionAttribute16', operator: 'is_empty'}, ['.attribute']],
        ['an unknown operator', city({operator: 'like', value: 'x'}), ['.operator']],
        ['no value', city({operator: 'equals'}), ['.value']],
        ['an empty value', city({operator: 'contains', value: ''}), ['.value']],
        ['a value too many', city({operator: 'is_empty', value: 'x'}), ['.value']],
        ['a value for values', city({operator: 'one_of', value: 'x'}), ['.values', '.value']],
        ['no values', city({operator: 'one_of', values: []}), ['.values']],
        ['a switch as a part', city({operator: 'contains', value: true}), ['.value']],
        ['a number', city({operator: 'equals', value: 7}), ['.value']],
        ['a pattern of 257 characters', city({operator: 'matches', value: 'x'.repeat(257)}), ['.value']],
        ['nothing in all', {all: []}, ['.all']],
        ['101 conditions side by side', {any: Array(101).fill(nested(1))}, ['.any']],
        ['all and any at once', {all: [nested(1)], any: [nested(1)]}, ['.any']],
        ['a fault deep inside', {all: [nested(1), {any: [city({operator: 'equals', value: ''})]}]}, ['.all[1].any[0].value']],
        ['six conditions within each other', nested(6), ['']],
    ])('%s', (_, when, paths) => {
        expect(pathsOf(rule(when))).toEqual(paths.map((path) => `Policy.scope.rules[0].when${path}`));
    });

    test('five conditions within each other are allowed', () => {
        expect(parsePolicy(rule(nested(5))).faults).toEqual([]);
    });

    test('conditions without end are refused before they are read', () => {
        expect(pathsOf(rule(nested(5000)))).toEqual(['Policy']);
    });

    test('too many conditions in all rules', () => {
        const rules = Array(21).fill({name: 'R', effect: 'deny', when: {all: Array(100).fill(nested(1))}});
        expect(pathsOf({scope: {rules}})).toEqual(['Policy.scope.rules']);
        expect(parsePolicy({scope: {rules: rules.slice(2)}}).faults).toEqual([]);
    });

    test.each<[object, string[]]>([
        [{effect: 'allow', when: nested(1)}, ['.name']],
        [{name: ' ', effect: 'allow', when: nested(1)}, ['.name']],
        [{name: 'R', effect: 'maybe', when: nested(1)}, ['.effect']],
        [{name: 'R', effect: 'deny', enabled: 'yes', when: nested(1)}, ['.enabled']],
        [{name: 'R', effect: 'deny'}, ['.when']],
    ])('%j', (faulty, paths) => {
        expect(pathsOf({scope: {rules: [faulty]}})).toEqual(paths.map((path) => `Policy.scope.rules[0]${path}`));
    });

    test('a wrong pattern says at which character', () => {
        const {faults} = parsePolicy(rule({any: [city({operator: 'matches', value: 'Seoul**'})]}));
        const path = 'Policy.scope.rules[0].when.any[0].value';
        expect(faults).toEqual([{code: 'policy_invalid', path, params: {path, position: 6, detail: 'Invalid pattern at character 6: invalid nested repetition operator'}}]);
    });
});

test('a key from the prototype is not a part of a policy', () => {
    const {policy} = parsePolicy('{"__proto__": {"everyone": true}}');
    expect(policy?.scope.everyone ?? false).toBe(false);
});

test.each(['__proto__', 'constructor', 'prototype'])('a user attribute named %s is reported, not left out', (name) => {
    const {policy, faults} = parsePolicy(`{"mapping": {"attributes": {"${name}": {"sources": ["city"]}, "toString": {"sources": ["city"]}}}}`);
    expect(policy).toBeNull();
    expect(faults).toMatchObject([{code: 'policy_invalid', path: `Policy.mapping.attributes.${name}`, params: {problem: 'unknown_key'}}]);
});

test.each([
    ['{', 'json'],
    [{scop: {}}, 'unknown_key'],
    [{scope: {everyone: 'yes'}}, 'kind'],
    [{scope: []}, 'kind'],
    [{scope: {allow: {display_name_contains: ['']}}}, 'length'],
    [{limits: {concurrency: 0}}, 'number'],
    [{limits: {concurrency: 1.5}}, 'number'],
    [{version: 2}, 'choice'],
    [{accounts: {sign_in: {method: 'magic'}}}, 'choice'],
])('%j is reported as a mistake of the kind %s', (document, problem) => {
    expect(parsePolicy(document).faults.map(({params}) => params!.problem)).toEqual([problem]);
});
