import {SyncError} from '../../errors';
import type {MembershipTarget} from '../../memberships/shapes';
import {explainedWords, userNotes} from '../../report/explanation';
import {MemoryPorts} from '../../testing/memory_ports';
import {run} from '../run';

import {explainUser} from './explain_user';

const TEAM = 'teamteamteamteamteamteam26';
const SALES = 'saleschannelsaleschannel26';
const LEGAL = 'legalchannellegalchannel26';
const ID = (number: number) => `00000000-0000-4000-8000-00000000000${number}`;
const [STAFF, REGION, SEOUL, OTHER] = [ID(5), ID(6), ID(7), ID(8)] as [string, string, string, string];

function company(): MemoryPorts {
    const ports = new MemoryPorts();
    ports.users = [1, 2].map((number) => ({
        id: ID(number), displayName: `User ${number}`, mail: `u${number}@corp.example`, userPrincipalName: `u${number}@corp.example`, accountEnabled: true, userType: 'Member', department: number === 1 ? 'Sales' : 'Legal'}));
    ports.groups = {[STAFF]: [REGION, ID(2)], [REGION]: [SEOUL, STAFF], [SEOUL]: [ID(1), REGION], [OTHER]: [ID(2)]};
    ports.groupsOfDirectory.names = {[STAFF]: 'All staff', [REGION]: 'Sales', [SEOUL]: 'Sales Seoul', [OTHER]: 'Other'};
    const known = {team_name: '', is_archived: false, is_group_constrained: false, is_access_controlled: false, is_default_channel: false, members: 0, admins: 0, room: null};
    ports.memberships.targetsOfServer = ([
        {...known, id: TEAM, kind: 'team', team_id: '', name: 'corp', display_name: 'Company'},
        {...known, id: SALES, kind: 'channel', team_id: TEAM, name: 'sales', display_name: 'Sales'},
        {...known, id: LEGAL, kind: 'channel', team_id: TEAM, name: 'legal', display_name: 'Legal', is_archived: true},
    ] as unknown) as MembershipTarget[];
    return ports;
}

const channel = (id: string) => [{team: {id: TEAM}, channel: {id}}];
const rules = [
    {id: 'all', name: 'Company', who: {everyone: true}, join: [{team: {id: TEAM}}]},
    {id: 'staff', name: 'Staff', who: {groups: [OTHER, STAFF]}, role: 'admin', join: channel(SALES)},
    {id: 'legal', name: 'Legal', who: {when: {attribute: 'department', operator: 'equals', value: 'legal'}}, join: channel(LEGAL)},
];
const policyOf = (list: object[] = rules, scope: object = {everyone: true}) => JSON.stringify({scope, memberships: {rules: list}});

async function explain(ports: MemoryPorts, policy = policyOf(), user = 'u1@corp.example') {
    const {explanation, fault} = await explainUser({user, policy}, ports);
    expect(fault).toBeNull();
    return explanation!;
}

async function wordsOf(ports: MemoryPorts, policy?: string, user?: string): Promise<string[]> {
    const explanation = await explain(ports, policy, user);
    return explanation.targets.map((target) => {
        const {name, state, reasons} = explainedWords('en', target, explanation);
        return `${name}: ${state}: ${reasons.join('; ')}`;
    });
}

const sync = (ports: MemoryPorts, policy = policyOf()) => run({mode: 'apply', policy, user: '', by_admin: true} as never, ports);

describe('why a user is in a team or channel', () => {
    test('names the rule, the path of nested groups with circles in them, and what the sync did', async () => {
        const ports = company();
        await sync(ports);
        expect(await wordsOf(ports)).toEqual([
            'Company (team): member: the rule “Company” applies: all users in scope; the rule “Staff” applies: member of All staff > Sales > Sales Seoul; ' +
                'the rule “Legal” does not apply; added by the sync for the rule “Company”',
            expect.stringMatching(/^Sales \(channel of Company\): member.*: the rule “Staff” applies, as an admin: member of All staff > Sales > Sales Seoul; added by the sync for the rule “Staff”/),
            expect.stringMatching(/^Legal \(channel of Company\): not a member: the rule “Legal” does not apply; it is archived/),
        ]);
        expect(await wordsOf(ports, undefined, ID(2))).toContainEqual(expect.stringContaining('the rule “Staff” applies, as an admin: member of Other'));
    });

    test('says who left, and who was added by someone else', async () => {
        const ports = company();
        await sync(ports);
        const account = ports.stored.find(({email}) => email === 'u1@corp.example')!.id;
        ports.memberships.leave({target_id: SALES, account_ids: [account]} as never);
        ports.memberships.members.set(LEGAL, new Set([account]));
        const words = await wordsOf(ports);
        expect(words).toContainEqual(expect.stringMatching(/^Sales .*: not a member: .*; left, or was removed by someone else, and stays out$/));
        expect(words).toContainEqual(expect.stringMatching(/^Legal .*: member: the rule “Legal” does not apply; .*; added by someone else$/));
        const always = JSON.parse(policyOf());
        always.memberships.rejoin = 'always';
        expect(await wordsOf(ports, JSON.stringify(always))).toContainEqual(expect.stringMatching(/^Sales .*; left, or was removed by someone else$/));
    });

    test('before the first run says what is still to be done, and for a value of an attribute which', async () => {
        const byDepartment = [{id: 'd', name: 'Departments', who: {everyone: true}, for_each: {attribute: 'department'}, join: [{team: {id: TEAM}, channel: {create: {name: 'd-{value}', display_name: 'Dept {value}'}}}]}];
        const explanation = await explain(company(), policyOf(byDepartment));
        expect(userNotes('en', explanation)).toEqual(['the user has no active account that is linked']);
        const words = explanation.targets.map((target) => explainedWords('en', target, explanation));
        expect(words.map(({name, state, reasons}) => `${name}: ${state}: ${reasons.join('; ')}`)).toContain(
            'Dept Sales (channel of Company): not a member: the rule “Departments” applies: all users in scope, department is “Sales”; not added yet');
    });

    test('a user out of scope is wanted nowhere, and one who cannot be read in the groups is unknown', async () => {
        const out = await explain(company(), policyOf(rules, {allow: {email: ['u2@corp.example']}}));
        expect(out).toMatchObject({in_scope: false});
        expect(out.targets.every(({wanted}) => wanted === 'no')).toBe(true);
        expect(userNotes('ko', out)[0]).toMatch(/^사용자가 범위에서 제외되어/);

        const ports = company();
        ports.directory.read_user_groups = () => {
            throw new SyncError({code: 'group_consent_missing'});
        };
        const unknown = await explain(ports);
        expect(unknown).toMatchObject({in_scope: true, fault: {code: 'group_consent_missing'}});
        const sales = unknown.targets.find(({name}) => name === 'Sales')!;
        expect(explainedWords('en', sales, unknown).reasons).toContain('it is unknown whether a rule applies, so the membership stays as it is');
        expect(await explain(ports, policyOf(rules, {allow: {groups: [STAFF]}}))).toMatchObject({in_scope: null});
    });

    test('an unknown user and an invalid policy are faults, and a policy without rules has no targets', async () => {
        expect(await explainUser({user: 'nobody@corp.example', policy: policyOf()}, company())).toMatchObject({explanation: null, fault: {code: 'person_not_found'}});
        expect(await explainUser({user: 'u1@corp.example', policy: '{'}, company())).toMatchObject({explanation: null, fault: {code: 'policy_invalid'}});
        expect(await explain(company(), policyOf([]))).toMatchObject({targets: [], more: 0, fault: null});
    });
});
