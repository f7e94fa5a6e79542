import {MemoryPorts} from '../../testing/memory_ports';
import {directoryUser, objectId} from '../../testing/people';
import {HOUR_MS} from '../../time';
import type {Change, DirectoryUser, RunRequest} from '../../types';

import {run} from '../run';

const GROUP = '99999999-0000-4000-8000-000000000001';
const limits = {deactivations: {max_percent: 100}, creations: {more_than: 100}};

function policy(scope: object, parts: {guard?: object; [part: string]: object | undefined} = {}): RunRequest {
    const {guard = {}, ...others} = parts;
    return {mode: 'apply', user: '', policy: JSON.stringify({scope, guard: {...limits, ...guard}, ...others}), policy_digest: JSON.stringify([scope, parts])};
}

const ATTRIBUTES = {
    department: 'Sales', city: 'Seoul', onPremisesExtensionAttributes: {extensionAttribute3: 'yes'}, proxyAddresses: ['SMTP:a@corp.example'],
    assignedLicenses: [{skuId: 'e5', disabledPlans: ['p1']}, {skuId: 'f1', disabledPlans: []}],
};

/** Ten linked users, the first with `attributes`. */
async function company(request: RunRequest, attributes: Partial<DirectoryUser> = {}): Promise<MemoryPorts> {
    const ports = new MemoryPorts();
    ports.now = 10 * 86_400_000;
    ports.pageSize = 999;
    ports.users = Array.from({length: 10}, (_, at) => directoryUser(at + 1, {...ATTRIBUTES, ...(at === 0 && attributes)}));
    ports.groups = {[GROUP]: ports.users.map(({id}) => id)};
    expect(await run(request, ports)).toMatchObject({counts: {created: 10}});
    ports.history = [];
    return ports;
}

function change(ports: MemoryPorts, attributes: Partial<DirectoryUser>): void {
    Object.assign(ports.users[0]!, attributes);
}

async function lineOf(ports: MemoryPorts, request: RunRequest): Promise<Change> {
    ports.history = [];
    await run(request, ports);
    return ports.history.find(({object_id}) => object_id === objectId(1))!;
}

const aliases = (count: number) => Array.from({length: count}, (_, at) => `smtp:alias${at}@corp.example`);
const rule = (when: object) => ({rules: [{name: 'Rule', effect: 'allow', when}]});
const department = rule({attribute: 'department', operator: 'equals', value: 'Sales'});
const emails = {allow: {email: Array.from({length: 10}, (_, at) => `person${at + 1}@example.com`)}};
const names = {allow: {display_name_contains: ['Kim']}};

test.each<[string, object, Partial<DirectoryUser>, Partial<DirectoryUser>, string]>([
    ['a list of email addresses', emails, {}, {mail: 'hana.lee@example.com'}, 'mail: "person1@example.com" → "hana.lee@example.com"'],
    ['a list of email addresses, without mail', emails, {mail: null, userPrincipalName: 'person1@example.com'}, {userPrincipalName: 'hana@example.com'},
        'userPrincipalName: "person1@example.com" → "hana@example.com"'],
    ['a list of principal names', {allow: {user_principal_name: emails.allow.email.map((email) => email.replace('@example.com', '@example.onmicrosoft.com'))}}, {},
        {userPrincipalName: 'lee@example.onmicrosoft.com', mail: 'lee@example.com'}, 'userPrincipalName: "person1@example.onmicrosoft.com" → "lee@example.onmicrosoft.com"'],
    ['a list of people', {allow: {people: emails.allow.email}}, {}, {mail: 'hana.lee@example.com'}, 'mail: "person1@example.com" → "hana.lee@example.com"'],
    ['a list of domains', {allow: {email_domain: ['example.com']}}, {}, {mail: 'hana@other.example'}, 'mail: "person1@example.com" → "hana@other.example"'],
    ['a denied domain', {everyone: true, deny: {email_domain: ['other.example']}}, {}, {mail: 'hana@other.example'}, 'mail: "person1@example.com" → "hana@other.example"'],
    ['a name', names, {}, {displayName: 'Hana Lee'}, 'displayName: "Kim Person 1" → "Hana Lee"'],
    ['a rule on the department', department, {}, {department: 'Finance'}, 'department: "Sales" → "Finance"'],
    ['a rule on an attribute that is emptied', department, {}, {department: null}, 'department: "Sales" → ""'],
    ['a rule that denies', {everyone: true, rules: [{name: 'No contractors', effect: 'deny', when: {attribute: 'jobTitle', operator: 'contains', value: 'contract'}}]}, {},
        {jobTitle: 'Contractor'}, 'jobTitle: "Engineer" → "Contractor"'],
    ['a rule that denies, while the attribute of a list is not sent', {everyone: true, deny: {display_name_contains: ['(External)']}, rules: [
        {name: 'Outside', effect: 'deny', when: {attribute: 'department', operator: 'equals', value: 'Finance'}}]}, {}, {department: 'Finance', displayName: undefined},
    'department: "Sales" → "Finance"'],
    ['conditions of which one changes', rule({all: [{attribute: 'department', operator: 'equals', value: 'Sales'}, {attribute: 'city', operator: 'is_not_empty'}]}),
        {}, {department: 'Sales', city: null, jobTitle: 'Lead'}, 'city: "Seoul" → ""'],
    ['two attributes, of which either keeps the user in', rule({any: [{attribute: 'department', operator: 'equals', value: 'Sales'}, {attribute: 'jobTitle', operator: 'equals', value: 'Engineer'}]}),
        {}, {department: 'Finance', jobTitle: 'Lead'}, 'department: "Sales" → "Finance", jobTitle: "Engineer" → "Lead"'],
    ['two attributes, which are both needed', rule({all: [{attribute: 'department', operator: 'equals', value: 'Sales'}, {attribute: 'jobTitle', operator: 'equals', value: 'Engineer'}]}),
        {}, {department: 'Finance', jobTitle: 'Lead'}, 'department: "Sales" → "Finance", jobTitle: "Engineer" → "Lead"'],
    ['a member of an object', rule({attribute: 'onPremisesExtensionAttributes.extensionAttribute3', operator: 'equals', value: 'yes'}),
        {}, {onPremisesExtensionAttributes: {extensionAttribute3: 'no'}}, 'onPremisesExtensionAttributes.extensionAttribute3: "yes" → "no"'],
    ['a list of values', rule({attribute: 'proxyAddresses', operator: 'contains', value: '@corp.example'}),
        {}, {proxyAddresses: ['SMTP:a@other.example']}, 'proxyAddresses: "SMTP:a@corp.example" → "SMTP:a@other.example"'],
    ['a name, beside a list of values that is too long to be remembered', {...names, rules: [
        {name: 'Blocked', effect: 'deny', when: {attribute: 'proxyAddresses', operator: 'contains', value: '@blocked.example'}}]},
    {proxyAddresses: aliases(300)}, {displayName: 'Hana Lee'}, 'displayName: "Kim Person 1" → "Hana Lee"'],
    ['a list of values that is long by now', {everyone: true, rules: [{name: 'Blocked', effect: 'deny', when: {attribute: 'proxyAddresses', operator: 'contains', value: '@blocked.example'}}]},
        {}, {proxyAddresses: [...aliases(300), 'smtp:a@blocked.example']}, `proxyAddresses: "SMTP:a@corp.example" → "${aliases(300).join(', ').slice(0, 100)}…"`],
    ['a principal name that makes a user without userType a guest', {everyone: true}, {userType: null}, {userPrincipalName: 'kim_other.example#EXT#@corp.example'},
        'userPrincipalName: "person1@example.onmicrosoft.com" → "kim_other.example#EXT#@corp.example"'],
    ['a license that is taken away', rule({attribute: 'assignedLicenses', operator: 'one_of', values: ['E3', 'E5']}), {},
        {assignedLicenses: [{skuId: 'F1', disabledPlans: []}]}, 'assignedLicenses: "e5, f1" → "F1"'],
    ['a member who becomes a guest', {everyone: true}, {}, {userType: 'Guest'}, 'userType: "Member" → "Guest"'],
])('%s: the deactivation needs an approval of its own', async (_, scope, before, after, scope_changes) => {
    const request = policy(scope);
    const ports = await company(request, before);
    change(ports, after);
    expect(await run({...request, mode: 'preview'}, ports)).toMatchObject({hold: {kinds: [{kind: 'scope_attribute_changed', count: 1}]}});
    expect(await lineOf(ports, request)).toMatchObject({action: 'deactivate', status: 'held', reason: 'out_of_scope', reason_params: {scope_changes, approval_kinds: 'scope_attribute_changed'}});
    expect(await lineOf(ports, request)).toMatchObject({status: 'held', reason_params: {scope_changes}});
    expect(ports.stored.filter(({delete_at}) => delete_at !== 0)).toEqual([]);
});

describe('an ordinary leaver', () => {
    const plain = {action: 'deactivate', status: 'done'};

    test('when the policy changes, too', async () => {
        const ports = await company(policy(emails));
        change(ports, {mail: 'hana.lee@example.com'});
        const line = await lineOf(ports, policy({allow: {email: emails.allow.email.slice(1)}}));
        expect(line).toMatchObject(plain);
        expect(line.reason_params).not.toHaveProperty('scope_changes');
    });

    test('when a new rule looks at an attribute that the link does not remember', async () => {
        const ports = await company(policy({everyone: true}));
        change(ports, {department: 'Finance'});
        expect(await lineOf(ports, policy(department))).toMatchObject(plain);
    });

    test('when the group is left, whatever else changes', async () => {
        const request = policy({allow: {groups: [GROUP]}}, {lifecycle: {leavers: {missing_reads: 1}}});
        const ports = await company(request);
        ports.groups[GROUP]!.shift();
        change(ports, {displayName: 'Hana Lee', mail: 'hana.lee@example.com'});
        expect(await lineOf(ports, request)).toMatchObject(plain);
    });

    test('when the link remembers nothing, or what no version wrote', async () => {
        for (const scope_values of ['', '[]', '{', 'null', '{"mail":1}']) {
            const request = policy(emails);
            const ports = await company(request);
            ports.stored[0]!.scope_values = scope_values;
            change(ports, {mail: 'hana.lee@example.com'});
            expect(await lineOf(ports, request)).toMatchObject(plain);
        }
    });

    test('when disabled, in scope or out of it', async () => {
        const request = policy(department);
        const ports = await company(request);
        change(ports, {accountEnabled: false});
        expect(await lineOf(ports, request)).toMatchObject({...plain, reason: 'disabled'});

        const others = await company(request);
        change(others, {accountEnabled: false, department: 'Finance'});
        expect(await lineOf(others, request)).toMatchObject({...plain, reason: 'out_of_scope', reason_params: {scope_changes: 'department: "Sales" → "Finance"'}});

        const byRule = policy(rule({attribute: 'accountEnabled', operator: 'equals', value: true}));
        const third = await company(byRule);
        change(third, {accountEnabled: false});
        expect(await lineOf(third, byRule)).toMatchObject(plain);
    });

    test('unless disabled users keep their accounts', async () => {
        const request = policy(department, {lifecycle: {leavers: {disabled: false}}});
        const ports = await company(request);
        change(ports, {accountEnabled: false, department: 'Finance'});
        expect(await lineOf(ports, request)).toMatchObject({status: 'held'});
    });

    test('when the policy says that such users only count, with the change on the line', async () => {
        const request = policy(emails, {guard: {scope_attribute_changes: 'count'}});
        const ports = await company(request);
        change(ports, {mail: 'hana.lee@example.com'});
        expect(await lineOf(ports, request)).toMatchObject({...plain, reason_params: {scope_changes: 'mail: "person1@example.com" → "hana.lee@example.com"'}});
    });
});

test('the line of the grace period names the change, and the deactivation after it is held', async () => {
    const request = policy(department, {lifecycle: {leavers: {grace_days: 3}}});
    const ports = await company(request);
    change(ports, {department: 'Finance'});
    const told = {reason_params: {scope_changes: 'department: "Sales" → "Finance"'}};
    expect(await lineOf(ports, request)).toMatchObject({action: 'skip', reason: 'grace_period', ...told});
    ports.now += 4 * 86_400_000;
    expect(await lineOf(ports, request)).toMatchObject({action: 'deactivate', status: 'held', ...told});
});

test('a run for one user holds it as well', async () => {
    const request = policy(department);
    const ports = await company(request);
    change(ports, {department: 'Finance'});
    expect(await lineOf(ports, {...request, user: objectId(1)})).toMatchObject({action: 'deactivate', status: 'held'});
});

test('the link remembers the newest values in scope, and a run in which nothing changes writes nothing', async () => {
    const request = policy(rule({attribute: 'department', operator: 'starts_with', value: 'S'}));
    const ports = await company(request);
    change(ports, {department: 'Support'});
    await run({...request, mode: 'preview'}, ports);
    expect(ports.stored[0]!.scope_values).toBe('{"userType":"Member","department":"Sales"}');
    await run(request, ports);
    expect(ports.stored[0]!.scope_values).toBe('{"userType":"Member","department":"Support"}');
    ports.calls = [];
    await run(request, ports);
    await run(request, ports);
    expect(ports.calls).not.toContain('links.set_scope_values');
    change(ports, {department: 'Finance'});
    expect(await lineOf(ports, request)).toMatchObject({reason_params: {scope_changes: 'department: "Support" → "Finance"'}});
    change(ports, {department: 'Sales'});
    await run(request, ports);
    expect(ports.stored[0]!).toMatchObject({delete_at: 0, scope_values: '{"userType":"Member","department":"Sales"}'});
});

test('what is unknown replaces nothing that the link remembers', async () => {
    const request = policy(department);
    const ports = await company(request);
    delete ports.users[0]!.department;
    await run(request, ports);
    expect(ports.stored[0]!.scope_values).toContain('Sales');
    change(ports, {department: 'Finance'});
    expect(await lineOf(ports, request)).toMatchObject({status: 'held'});
});

describe('an approval', () => {
    const request = policy(emails);
    const heldScene = async () => {
        const ports = await company(request);
        change(ports, {mail: 'hana.lee@example.com'});
        await run(request, ports);
        ports.held = ports.history.filter(({status}) => status === 'held');
        ports.history = [];
        return ports;
    };
    const approve = (ports: MemoryPorts, approved_changes: number[]) => run({...request, approves: 'held', approved_changes}, ports);

    test('of everything leaves it out', async () => {
        const ports = await heldScene();
        expect(await approve(ports, [])).toMatchObject({counts: {deactivated: 0}});
    });

    test('of the line deactivates the account', async () => {
        const ports = await heldScene();
        expect(await approve(ports, [ports.held[0]!.seq])).toMatchObject({counts: {deactivated: 1}});
    });

    test('does not hold for another change of the same attribute', async () => {
        const ports = await heldScene();
        change(ports, {mail: 'hana.cho@example.com'});
        expect(await approve(ports, [ports.held[0]!.seq])).toMatchObject({counts: {deactivated: 0, skipped: 1}});
        expect(ports.held[0]).toMatchObject({status: 'failed', error: {code: 'change_outdated'}});
    });
});

test('an account that is linked remembers by which values', async () => {
    const request = policy(emails);
    const ports = await company(request);
    ports.stored.forEach((account) => Object.assign(account, {linked_object_id: '', scope_values: '', departure: null}));
    await run(request, ports);
    expect(ports.stored[0]!.scope_values).toBe('{"userType":"Member","mail":"person1@example.com","userPrincipalName":"person1@example.onmicrosoft.com"}');
});

test('a value of any length does no harm', async () => {
    const request = policy(names);
    const ports = await company(request, {displayName: `Kim ${'x'.repeat(10_000)}`});
    expect(ports.stored[0]!.scope_values).toBe('{"userType":"Member"}');
    change(ports, {displayName: 'Lee'});
    expect(await lineOf(ports, request)).toMatchObject({action: 'deactivate', status: 'done'});
});

test('reads without the user count only in a row, also if the deactivation of the user who was there in between is held', async () => {
    const request = policy(department);
    const ports = await company(request);
    const [first] = ports.users.splice(0, 1);
    expect(await lineOf(ports, request)).toMatchObject({reason: 'missing_waits', reason_params: {reads: 1}});
    ports.now += HOUR_MS;
    ports.users.unshift({...first!, department: 'Design'});
    expect(await lineOf(ports, request)).toMatchObject({action: 'deactivate', status: 'held', reason: 'out_of_scope'});
    ports.now += HOUR_MS;
    ports.users.shift();
    expect(await lineOf(ports, request)).toMatchObject({reason: 'missing_waits', reason_params: {reads: 1}});
});
