/** @jest-environment jsdom */
import {fireEvent, screen, waitFor, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import {FakeServer} from '../../testing/fake_server';
import {companyTeam, legalChannel, oldTeam, renderMemberships, serveTargets} from '../../testing/memberships_page';
import {parsePolicy} from '../../sync/policy/parse';

const GROUP = '0b7a51d4-6c1e-4d0a-9a3e-52f7c1e8d960';
/** Has tests of its own. */
jest.mock('./effect/membership_effect', () => ({MembershipEffect: () => null}));

let server: FakeServer;

beforeEach(() => {
    server = new FakeServer();
    server.on('GET /groups', {groups: [{id: GROUP, name: 'Design', description: ''}]});
    server.on('GET /directory', {users: [], total: 0, page: 0, per_page: 60, read_at: 1});
    serveTargets(server);
    server.install();
});

afterEach(() => server.uninstall());

const team = {team: {id: companyTeam.id}};
const rule = (name: string, more: object = {}) => ({id: name.toLowerCase(), name, who: {everyone: true}, join: [team], ...more});
const withRules = (...rules: unknown[]) => ({version: 1, memberships: {rules}});
const open = (name: string) => userEvent.click(screen.getByRole('button', {name: new RegExp(`\\. ${name}$`)}));

/** The first rule of a document. */
const first = ({document}: {document: object}) => (document as ReturnType<typeof withRules>).memberships.rules[0] as Record<string, unknown>;

async function pick(label: string, name: string): Promise<void> {
    const box = screen.getByLabelText(label);
    await userEvent.click(box);
    await userEvent.type(box, name);
    await userEvent.click(await screen.findByRole('option', {name: new RegExp(name)}));
}

test('a stranger puts everyone in one team and each department in its channel', async () => {
    const page = await renderMemberships({version: 1});
    await userEvent.click(screen.getByRole('button', {name: 'Add rule'}));
    expect(screen.getByLabelText('Name')).toHaveFocus();
    await pick('Name of the team', 'Company');
    await open('Rule 1');

    await userEvent.click(screen.getByRole('button', {name: 'Add rule'}));
    await pick('Name of the team', 'Company');
    await userEvent.selectOptions(screen.getByLabelText('Number of teams or channels'), 'One for each value of an attribute');
    expect(screen.getByLabelText('Attribute')).toHaveValue('department');
    fireEvent.change(screen.getByLabelText('Name in the URL'), {target: {value: 'dept-{value}'}});
    expect(screen.getByLabelText('Name in the URL')).toHaveAccessibleDescription(/^ ?“Sales” becomes dept-sales$/);

    expect(page.document).toEqual(withRules(
        {id: expect.stringMatching(/^[a-z2-7]{26}$/), name: 'Rule 1', who: {everyone: true}, join: [team]},
        {
            id: expect.stringMatching(/^[a-z2-7]{26}$/),
            name: 'Rule 2',
            who: {everyone: true},
            for_each: {attribute: 'department'},
            join: [{...team, channel: {create: {name: 'dept-{value}', display_name: '{value}'}}}],
        },
    ));
    expect(parsePolicy(page.document).faults).toEqual([]);
    expect(screen.getByText('All users in scope join Company')).toBeVisible();
    expect(screen.getByText('All users in scope join Company > {value}, one for each value of department')).toBeVisible();
});

test('a rule for each group has its users from the groups, and groups restrict them', async () => {
    const page = await renderMemberships(withRules(rule('Projects')));
    await open('Projects');
    await userEvent.selectOptions(screen.getByLabelText('Number of teams or channels'), 'One for each group with a prefix');
    fireEvent.change(screen.getByLabelText('Group names start with'), {target: {value: 'MM-'}});
    await userEvent.selectOptions(screen.getByLabelText('Which members of each group'), 'Members who are also in other groups');
    await userEvent.type(screen.getByLabelText('Add a group by name'), 'Des');
    await userEvent.click(await screen.findByRole('option', {name: /Design/}));
    expect(first(page)).toMatchObject({for_each: {groups_starting_with: 'MM-'}, who: {groups: [GROUP]}});
    expect(screen.getByText(/^Members of Design join/)).toBeVisible();

    await userEvent.selectOptions(screen.getByLabelText('Which members of each group'), 'All members');
    expect(first(page)).not.toHaveProperty('who');
    await userEvent.selectOptions(screen.getByLabelText('Number of teams or channels'), 'The same for all users');
    expect(first(page)).toEqual(rule('Projects'));
});

test('users are chosen by a condition with the editor of the scope', async () => {
    const page = await renderMemberships(withRules(rule('Leads')));
    await open('Leads');
    await userEvent.selectOptions(screen.getByLabelText('Users'), 'Users who meet conditions');
    fireEvent.change(screen.getByLabelText('Attribute'), {target: {value: 'jobTitle'}});
    fireEvent.change(screen.getByLabelText('Value'), {target: {value: 'Lead'}});
    await userEvent.selectOptions(screen.getByLabelText('Role'), 'Admin');
    expect(first(page)).toEqual(rule('Leads', {who: {when: {all: [{attribute: 'jobTitle', operator: 'equals', value: 'Lead'}]}}, role: 'admin'}));
    expect(screen.getByText('Users with jobTitle is “Lead” join Company, as admins')).toBeVisible();
});

test('private channels of the team are found, and archived teams are shown but not offered', async () => {
    const page = await renderMemberships(withRules(rule('Legal')));
    await open('Legal');
    await userEvent.selectOptions(screen.getByLabelText('Channel'), 'Existing channel');
    await pick('Name of the channel', 'Legal');
    expect(first(page)).toEqual(rule('Legal', {join: [{...team, channel: {id: legalChannel.id}}]}));
    expect(server.sent('GET /targets').map(({query}) => query)).toContainEqual({kind: 'channel', team: companyTeam.id, q: 'Legal'});

    await userEvent.click(screen.getByLabelText('Name of the team'));
    const archived = await screen.findByRole('option', {name: /Old office/});
    expect(archived).toHaveAttribute('aria-disabled', 'true');
    expect(archived).toHaveTextContent('Archived');
});

test('another team takes an existing channel out, because it is of the team from before', async () => {
    const other = {...companyTeam, id: 'otherteamotherteamothertea', name: 'other', display_name: 'Other'};
    serveTargets(server, [companyTeam, legalChannel, other]);
    const page = await renderMemberships(withRules(rule('Legal', {join: [{...team, channel: {id: legalChannel.id}}]})));
    await open('Legal');
    await pick('Name of the team', 'Other');
    expect(first(page)).toEqual(rule('Legal', {join: [{team: {id: other.id}}]}));
});

test('a team that is archived or gone is told at its field', async () => {
    await renderMemberships(withRules(rule('Old', {join: [{team: {id: oldTeam.id}}]}), rule('Gone', {join: [{team: {id: 'goneteamgoneteamgoneteamgo'}}]})));
    await open('Old');
    expect(await screen.findByText(/^The team is archived, so no users join\./)).toBeVisible();
    await open('Gone');
    expect(screen.getByText('Not in Mattermost')).toBeVisible();
    expect(screen.getAllByText('goneteamgoneteamgoneteamgo')[0]).toBeVisible();
});

test('faults are at their fields, in words', async () => {
    await renderMemberships(withRules(rule('A', {
        name: '', who: {groups: []}, join: [{team: {id: ''}}, {team: {create: {name: 'Big Team', display_name: ''}}}],
    })));
    await open('Unnamed rule 1');
    expect(screen.getByLabelText('Name')).toBeInvalid();
    expect(screen.getByText('Add at least one group, and at most 100.')).toBeVisible();
    expect(screen.getByText('Select a team.')).toBeVisible();
    expect(screen.getByLabelText('Name in the URL')).toHaveAccessibleDescription(/^Use lowercase letters, digits, hyphens, underscores, and \{value\}\./);
    expect(screen.getByLabelText('Display name')).toHaveAccessibleDescription('Enter 1 to 64 characters.');
});

test.each([
    ['admins', 'Mattermost reserves names that start like this, such as admin, api, or channel.'],
    ['-a', 'Mattermost does not accept this name. The name of a team has at least two characters, starts with a letter or digit, and ends with one.'],
])('the name %s, which Mattermost refuses, is told at its field', async (name, complaint) => {
    await renderMemberships(withRules(rule('A', {join: [{team: {create: {name, display_name: 'X'}}}]})));
    await open('A');
    expect(screen.getByLabelText('Name in the URL')).toHaveAccessibleDescription(expect.stringContaining(complaint));
    expect(screen.getByLabelText('Name in the URL')).toBeInvalid();
});

test('a template that gives a bad name for one of the groups names that group', async () => {
    server.on('GET /groups', {groups: [{id: GROUP, name: 'MM-Apollo', description: ''}, {id: GROUP, name: 'MM-Admin', description: ''}]});
    await renderMemberships(withRules({id: 'p', name: 'P', for_each: {groups_starting_with: 'MM-'}, join: [{team: {create: {name: '{value}', display_name: '{value}'}}}]}));
    await open('P');
    await waitFor(() => expect(screen.getByLabelText('Display name')).toHaveAccessibleDescription(/“Apollo” becomes Apollo$/));
    expect(screen.getByText('With “Admin”, the name is admin. Mattermost reserves names that start like this, such as admin, api, or channel.')).toBeVisible();
});

test('to switch a rule off or to remove it keeps memberships, to end it removes them, and the page says so', async () => {
    const page = await renderMemberships(withRules(rule('A'), rule('B')));
    await open('A');
    await userEvent.click(screen.getByRole('switch', {name: 'Enable this rule'}));
    expect(first(page)).toEqual(rule('A', {enabled: false}));
    expect(screen.getByRole('switch', {name: 'Enable this rule'})).toHaveAccessibleDescription(/keep their teams and channels/);
    await userEvent.click(screen.getByRole('switch', {name: 'Enable this rule'}));

    await userEvent.click(screen.getByRole('button', {name: 'End this rule'}));
    expect(first(page)).toEqual(rule('A', {ending: true}));
    expect(screen.getByText('This rule is ending')).toBeVisible();
    expect(screen.getByText('Ending')).toBeVisible();
    await userEvent.click(screen.getByRole('button', {name: 'Do not end this rule'}));
    expect(first(page)).toEqual(rule('A'));

    await userEvent.click(screen.getByRole('button', {name: 'Remove A'}));
    expect(page.document).toEqual(withRules(rule('B')));
    expect(screen.getByText(/^Users that the rule added keep their teams and channels\. To remove them as well/)).toBeVisible();
});

test('rules move, and a rule can have several targets', async () => {
    const page = await renderMemberships(withRules(rule('A'), rule('B')));
    await userEvent.click(screen.getByRole('button', {name: 'Move B up (2 of 2)'}));
    expect(page.document).toEqual(withRules(rule('B'), rule('A')));
    await open('B');
    await userEvent.click(screen.getByRole('button', {name: 'Add team or channel'}));
    const second = within(screen.getByRole('group', {name: 'Target 2'}));
    expect(second.getByLabelText('Team')).toHaveFocus();
    await userEvent.selectOptions(second.getByLabelText('Team'), 'Create team');
    await userEvent.selectOptions(second.getByLabelText('Privacy'), 'All users can join');
    expect(first(page)).toEqual(rule('B', {join: [team, {team: {create: {name: '', display_name: '', open: true}}}]}));
    await userEvent.click(screen.getByRole('button', {name: 'Remove Target 2'}));
    expect(first(page)).toEqual(rule('B'));
    expect(screen.getByRole('button', {name: 'Add team or channel'})).toHaveFocus();
});

test('the settings for all rules say what they do, and defaults are not written down', async () => {
    const page = await renderMemberships({version: 1});
    await userEvent.selectOptions(screen.getByLabelText('Users who left or were removed by others'), 'Add again');
    await userEvent.selectOptions(screen.getByLabelText('What members see'), 'One post for each channel and run');
    fireEvent.change(screen.getByLabelText('Minutes between directory reads before a user is removed'), {target: {value: '60'}});
    expect(page.document).toEqual({version: 1, memberships: {rejoin: 'always', announce: 'digest', min_minutes_between_reads: 60}});
    expect(screen.getByText(/at least 60 minutes apart/)).toBeVisible();
    await userEvent.selectOptions(screen.getByLabelText('What members see'), 'Nothing');
    expect(page.document).toEqual({version: 1, memberships: {rejoin: 'always', min_minutes_between_reads: 60}});
});

test.each([
    ['memberships', {memberships: 7}, 'Policy.memberships'],
    ['rules', {memberships: {rules: {}}}, 'Policy.memberships.rules'],
    ['rejoin', {memberships: {rejoin: 'sometimes'}}, 'Policy.memberships.rejoin'],
    ['announce', {memberships: {announce: []}}, 'Policy.memberships.announce'],
    ['minutes', {memberships: {min_minutes_between_reads: 'x'}}, 'Policy.memberships.min_minutes_between_reads'],
    ['a rule', withRules(7), 'Policy.memberships.rules[0]'],
    ['users', withRules(rule('A', {who: 'all'})), 'Policy.memberships.rules[0].who'],
    ['values', withRules(rule('A', {for_each: 3})), 'Policy.memberships.rules[0].for_each'],
    ['targets', withRules(rule('A', {join: ['x']})), 'Policy.memberships.rules[0].join'],
    ['a team', withRules(rule('A', {join: [{team: 'x'}]})), 'Policy.memberships.rules[0].join[0].team'],
    ['a channel', withRules(rule('A', {join: [{...team, channel: {create: {name: 7}}}]})), 'Policy.memberships.rules[0].join[0].channel'],
])('%s in another shape point to the text editor', async (_, document, path) => {
    await renderMemberships(document);
    for (const head of screen.queryAllByRole('button', {expanded: false})) {
        await userEvent.click(head);
    }
    expect([...globalThis.document.querySelectorAll('.EntraSync__unfit code')].map(({textContent}) => textContent)).toContain(path);
});

test('misspelt keys are named, and what the form does not know of a rule stays', async () => {
    const odd = rule('A', {unless: 1, join: [{...team, chanel: {id: ''}}]});
    const page = await renderMemberships({version: 1, memberships: {rule: [], rules: [odd]}});
    await open('A');
    for (const key of ['rule', 'rules[0].unless', 'rules[0].join[0].chanel']) {
        expect(screen.getByText(`The policy has an unknown key at Policy.memberships.${key}.`)).toBeVisible();
    }
    await userEvent.selectOptions(screen.getByLabelText('When the rule no longer applies to a user'), 'Remove no one');
    expect(first(page)).toEqual({...odd, removal: 'never'});
});

test('names that cannot be read are told once, and the rules can be edited', async () => {
    server.on('GET /targets', {code: 'database_failed', message: 'The database does not answer.', hint: ''}, 500);
    const page = await renderMemberships(withRules(rule('A')));
    expect(await screen.findByText('The database does not answer.')).toBeVisible();
    await open('A');
    await userEvent.selectOptions(screen.getByLabelText('Role'), 'Admin');
    expect(first(page)).toEqual(rule('A', {role: 'admin'}));
    expect(screen.getByText(`All users in scope join ${companyTeam.id}, as admins`)).toBeVisible();
});

test('the tab speaks Korean', async () => {
    await renderMemberships(withRules(rule('A', {for_each: {attribute: 'department'}, join: [{...team, channel: {create: {name: '{value}', display_name: '{value}'}}}]})), {locale: 'ko'});
    expect(await screen.findByText('범위의 모든 사용자 → Company > {value}(department 값마다 하나)')).toBeVisible();
});

test('nothing can be changed while the setting comes from the environment', async () => {
    await renderMemberships(withRules(rule('A')), {isDisabled: true});
    await open('A');
    for (const control of [...screen.getAllByRole('textbox'), ...screen.getAllByRole('combobox'), screen.getByRole('button', {name: 'End this rule'})]) {
        expect(control).toBeDisabled();
    }
});
