/** @jest-environment jsdom */
import {act, configure, fireEvent, screen, waitFor, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import {runReceived} from '../../store/actions';
import {parsePolicy} from '../../sync/policy/parse';
import {MemoryPorts} from '../../sync/testing/memory_ports';
import {account, directoryUser, objectId} from '../../sync/testing/people';
import {FakeServer} from '../../testing/fake_server';
import {serveLive} from '../../testing/live_server';
import {forgetLive} from '../../testing/users_page';
import {renderEditor} from '../../testing/render_editor';
import {sampleRun} from '../../testing/samples';
import type {PolicyDocument} from '../policy/policy_document';

import FieldsEditor from './mapping_editor';

/** Each key redraws dozens of controls, which takes time on a busy machine (ms). */
jest.setTimeout(30_000);
configure({asyncUtilTimeout: 10_000});

const server = new FakeServer();
let memory: MemoryPorts;

beforeEach(() => {
    server.install();
    forgetLive();
    memory = new MemoryPorts();
    memory.users = [
        directoryUser(1, {displayName: 'Kim Minsu', mail: 'minsu.kim@corp.example', department: 'Platform'}),
        directoryUser(2, {displayName: 'Lee Jiwoo', mail: 'jiwoo.lee@corp.example', department: null}),
    ];
    memory.attributeFields = [
        {id: 'f1', group_id: 'g', name: 'Team', type: 'text', value_type: '', is_synced: false},
        {id: 'f2', group_id: 'g', name: 'Badge', type: 'text', value_type: '', is_synced: true},
    ];
    serveLive(server, memory, Date.UTC(2025, 2, 1));
});
afterEach(() => server.uninstall());

async function render(document: PolicyDocument, options = {}) {
    const edited = renderEditor(FieldsEditor, document, options);
    await screen.findByText(/2 users in the directory|2명/);
    return edited;
}

function row(name: string): HTMLElement {
    return screen.getByRole('rowheader', {name: new RegExp(`^\\W*${name}`)}).closest('tr')!;
}

async function open(name: string) {
    await userEvent.click(within(row(name)).getByRole('button'));
    return within(row(name).nextElementSibling as HTMLElement);
}

async function choose(q: string, name: RegExp) {
    await userEvent.type(screen.getByLabelText('Show the result for a user'), q);
    await userEvent.click(await screen.findByRole('option', {name}));
}

function result(name: string): HTMLElement {
    return within(row(name)).getAllByRole('cell')[3]!;
}

describe('the table', () => {
    test('says of each field what it does by default', async () => {
        await render({});

        expect(screen.getAllByRole('columnheader').map(({textContent}) => textContent)).toEqual(['Field', 'Sources', 'Transformations', 'Apply']);
        expect(row('Username')).toHaveTextContent(/Default.*mail or userPrincipalName.*None.*New accounts only/);
        expect(row('Time zone')).toHaveTextContent(/None: accounts keep their current value/);
        expect(row('Nickname')).toHaveTextContent(/displayName.*Always/);
    });

    test('shows what the policy says instead', async () => {
        await render({mapping: {nickname: {sources: ['displayName', 'department'], join: {separator: ' / '}, transform: [{step: 'upper'}, {step: 'truncate', length: 20}], when: 'when_empty'}}});

        expect(row('Nickname')).toHaveTextContent(/displayName \+ department.*joined with\s+\/\s.*Uppercase.*Truncate.*When empty/);
        expect(within(row('Nickname')).queryByText('Default')).not.toBeInTheDocument();
    });

    test('shows faults at their cells', async () => {
        await render({mapping: {nickname: {sources: ['{displayName} {deparment}']}, position: {transform: [{step: 'match', pattern: '('}]}, username: {when: 'when_empty'}, timezone: {when: 'always'}}});

        expect(within(row('Nickname')).getByText('Character 16: “deparment” is not an attribute that can be read.')).toBeVisible();
        expect(within(row('Position')).getByText('Contains an error. Open the field to fix it.')).toBeVisible();
        expect(within(row('Username')).getByText('Contains an error. Open the field to fix it.')).toBeVisible();
        expect(within(row('Time zone')).getByText('Contains an error. Open the field to fix it.')).toBeVisible();
        expect(within(row('First name')).queryByText(/Contains an error/)).not.toBeInTheDocument();
    });

    test('says of a part of another shape where it can be changed, and leaves the others alone', async () => {
        const edited = await render({mapping: {nickname: {sources: 'mail', transform: [{step: 'reverse', by: 2}]}}});
        const panel = await open('Nickname');

        expect(within(row('Nickname')).getByText('This part of the policy cannot be shown as a form.')).toBeVisible();
        expect(panel.getByText('{"step":"reverse","by":2}')).toBeVisible();

        await userEvent.click(panel.getAllByRole('button', {name: 'Reset to default'})[0]!);
        expect(edited.document).toEqual({mapping: {nickname: {transform: [{step: 'reverse', by: 2}]}}});
    });
});

describe('the editor of a field', () => {
    test('opens below its row and closes with the focus where it was', async () => {
        await render({});
        const toggle = within(row('Position')).getByRole('button');
        expect(toggle).toHaveAttribute('aria-expanded', 'false');

        const panel = await open('Position');
        expect(toggle).toHaveAttribute('aria-expanded', 'true');

        await userEvent.click(panel.getByRole('button', {name: 'Done'}));
        expect(toggle).toHaveAttribute('aria-expanded', 'false');
        expect(toggle).toHaveFocus();
    });

    test('adds, orders and removes sources', async () => {
        const edited = await render({});
        const panel = await open('Nickname');
        const list = within(panel.getByRole('group', {name: 'Sources'}));
        expect(list.queryByRole('button', {name: 'Remove displayName'})).not.toBeInTheDocument();

        await userEvent.type(list.getByLabelText('Add an attribute or a template'), '{{displayName} ({{department}){Enter}');
        expect(edited.document).toEqual({mapping: {nickname: {sources: ['displayName', '{displayName} ({department})']}}});

        await userEvent.click(list.getByRole('button', {name: 'Move {displayName} ({department}) up (2 of 2)'}));
        expect(edited.document).toEqual({mapping: {nickname: {sources: ['{displayName} ({department})', 'displayName']}}});
        expect(list.getByRole('button', {name: 'Move {displayName} ({department}) down (1 of 2)'})).toHaveFocus();

        await userEvent.click(list.getByRole('button', {name: 'Remove {displayName} ({department})'}));
        expect(edited.document).toEqual({});
        expect(list.getByLabelText('Entry 1')).toHaveFocus();
    });

    test('shows at a source what is wrong with it', async () => {
        await render({mapping: {nickname: {sources: ['{displayName', 'hello', '{{x}}']}}});
        const panel = await open('Nickname');

        expect(panel.getByLabelText('Entry 1')).toHaveAccessibleDescription('Character 1: { has no counterpart. To use it as text, enter it twice.');
        expect(panel.getByLabelText('Entry 2')).toHaveAccessibleDescription('Character 1: “hello” is not an attribute that can be read.');
        expect(panel.getByLabelText('Entry 3')).toHaveAccessibleDescription('The template contains no attributes.');
        expect(panel.getByLabelText('Entry 3')).toBeInvalid();
    });

    test('joins all sources, and takes the first again', async () => {
        const edited = await render({});
        const panel = await open('Nickname');

        await userEvent.selectOptions(panel.getByLabelText('Combine sources'), 'Join all values that are not empty');
        await userEvent.type(panel.getByLabelText('Separator'), '/ ');
        expect(edited.document).toEqual({mapping: {nickname: {join: {separator: ' / '}}}});

        await userEvent.selectOptions(panel.getByLabelText('Combine sources'), 'Use the first value that is not empty');
        expect(edited.document).toEqual({});
    });

    test('adds a transformation with the focus in it, shows its fault with the position, and removes it', async () => {
        const edited = await render({});
        const panel = await open('Nickname');

        await userEvent.selectOptions(panel.getByLabelText('Transformation type'), 'Replace pattern');
        await userEvent.click(panel.getByRole('button', {name: 'Add transformation'}));
        const pattern = panel.getByLabelText('Pattern (RE2)');
        expect(pattern).toHaveFocus();
        expect(pattern).toHaveAccessibleDescription('Enter a pattern.');

        await userEvent.type(pattern, 'ab)');
        expect(pattern).toHaveAccessibleDescription('Error at character 3: unexpected )');
        await userEvent.type(pattern, '{Backspace}');
        await userEvent.type(panel.getByLabelText('Replace with'), '$1');
        expect(edited.document).toEqual({mapping: {nickname: {transform: [{step: 'replace_pattern', pattern: 'ab', with: '$1'}]}}});

        await userEvent.click(panel.getByRole('button', {name: 'Remove Replace pattern'}));
        expect(edited.document).toEqual({});
        expect(document.body).not.toHaveFocus();
    });

    test('orders transformations and sets their parameters', async () => {
        const edited = await render({mapping: {nickname: {transform: [{step: 'match', pattern: '(a)'}, {step: 'truncate', length: 8}, {step: 'replace', text: 'x', with: ''}]}}});
        const panel = await open('Nickname');

        await userEvent.type(panel.getByLabelText('Capture group'), '2');
        expect(panel.getByLabelText('Capture group')).toHaveAccessibleDescription('The pattern does not have this group.');
        await userEvent.clear(panel.getByLabelText('Capture group'));
        await userEvent.selectOptions(panel.getByLabelText('If there is no match'), 'Clear the value');
        await userEvent.clear(panel.getByLabelText('Maximum length'));
        expect(panel.getByLabelText('Maximum length')).toHaveValue(null);
        expect(panel.getByLabelText('Maximum length')).toHaveAccessibleDescription('Enter a whole number from 1 to 1,024.');
        await userEvent.type(panel.getByLabelText('Maximum length'), '9');
        await userEvent.clear(panel.getByLabelText('Find'));
        expect(panel.getByLabelText('Find')).toHaveAccessibleDescription('Enter the text to find, at most 128 characters.');
        await userEvent.type(panel.getByLabelText('Find'), 'y');
        await userEvent.click(panel.getByRole('button', {name: 'Move Truncate up (2 of 3)'}));

        expect(edited.document).toEqual({mapping: {nickname: {transform: [
            {step: 'truncate', length: 9}, {step: 'match', pattern: '(a)', otherwise: 'empty'}, {step: 'replace', text: 'y', with: ''},
        ]}}});
    });

    test('offers only the times that the field takes', async () => {
        const edited = await render({});
        const username = within((await open('Username')).getByLabelText('Apply'));
        expect(username.getAllByRole('option').map(({textContent}) => textContent)).toEqual(['New accounts only (default)', 'Always']);

        const panel = await open('Position');
        await userEvent.selectOptions(panel.getByLabelText('Apply'), 'When empty');
        expect(edited.document).toEqual({mapping: {position: {when: 'when_empty'}}});
        expect(panel.getByLabelText('Apply')).toHaveAccessibleDescription(/only if the field is empty/);

        const signInData = within((await open('Sign-in data')).getByLabelText('Apply'));
        expect(signInData.getAllByRole('option').map(({textContent}) => textContent)).toEqual(['New accounts only (default)', 'Always']);
    });

    test('a time that the field does not take is reported and can be corrected', async () => {
        const edited = await render({mapping: {username: {when: 'when_empty'}}});
        const choice = (await open('Username')).getByLabelText('Apply');
        expect(choice).toBeInvalid();

        await userEvent.selectOptions(choice, 'Always');
        expect(edited.document).toEqual({mapping: {username: {when: 'always'}}});
    });

    test('is reset with everything in it, and nothing else', async () => {
        const edited = await render({version: 1, mapping: {nickname: {sources: ['mail'], when: 'on_create'}, position: {when: 'on_create'}}});

        await userEvent.click((await open('Nickname')).getByRole('button', {name: 'Reset to default'}));

        expect(edited.document).toEqual({version: 1, mapping: {position: {when: 'on_create'}}});
        expect(within(row('Nickname')).getByRole('button')).toHaveFocus();
    });

    test('Enter in its boxes does not save the settings', async () => {
        await render({mapping: {nickname: {join: {separator: ''}, transform: [{step: 'truncate', length: 8}]}}});
        const panel = await open('Nickname');

        for (const label of ['Entry 1', 'Separator', 'Maximum length', 'Add an attribute or a template']) {
            expect(fireEvent.keyDown(panel.getByLabelText(label), {key: 'Enter'})).toBe(false);
        }
        expect(fireEvent.keyDown(screen.getByLabelText('Show the result for a user'), {key: 'Enter'})).toBe(false);
    });
});

describe('user attributes', () => {
    test('are added with the focus in their editor, and removed', async () => {
        const edited = await render({});

        await userEvent.type(screen.getByLabelText('Add a user attribute'), 'Team{Enter}');
        expect(edited.document).toEqual({mapping: {attributes: {Team: {sources: []}}}});
        const panel = within(row('Team').nextElementSibling as HTMLElement);
        expect(panel.getByLabelText('Add an attribute or a template')).toHaveFocus();
        await userEvent.keyboard('department{Enter}');
        expect(edited.document).toEqual({mapping: {attributes: {Team: {sources: ['department']}}}});

        await userEvent.click(panel.getByRole('button', {name: 'Remove attribute'}));
        expect(edited.document).toEqual({});
        expect(screen.getByLabelText('Add a user attribute')).toHaveFocus();
    });

    test('are not added by leaving the box: half a name is not an attribute, and one without a source is a fault', async () => {
        const edited = await render({});

        await userEvent.type(screen.getByLabelText('Add a user attribute'), 'Cost');
        await userEvent.tab();
        expect(edited.document).toEqual({});
        await userEvent.keyboard('{Enter}');
        expect(edited.document).toEqual({mapping: {attributes: {Cost: {sources: []}}}});
    });

    test('that the server does not have, or sets itself, are reported', async () => {
        await render({mapping: {attributes: {Team: {sources: ['department']}, Badge: {sources: ['employeeId']}, Office: {sources: ['city']}}}});

        await waitFor(() => expect(within(row('Office')).getByText(/no text attribute with this name/)).toBeVisible());
        expect(within(row('Badge')).getByText(/no text attribute with this name/)).toBeVisible();
        expect(within(row('Team')).queryByText(/no text attribute/)).not.toBeInTheDocument();
    });

    test('of another shape are reported, and can be reset', async () => {
        const edited = await render({mapping: {attributes: ['Team']}});

        await userEvent.click(screen.getByRole('button', {name: 'Reset to default'}));
        expect(edited.document).toEqual({});
        expect(screen.getByLabelText('Add a user attribute')).toBeVisible();
    });
});

describe('a chosen user', () => {
    test('without an account shows what the new one gets, and each edit at once', async () => {
        await render({});
        await choose('minsu', /Kim Minsu/);

        expect(await screen.findByText('This user has no account. A sync creates one with these values.')).toBeVisible();
        expect(result('Nickname')).toHaveTextContent(/Kim Minsu/);
        expect(result('Username')).toHaveTextContent(/minsu\.kim/);

        const panel = await open('Nickname');
        await userEvent.type(panel.getByLabelText('Entry 1'), '{Control>}a{/Control}{{displayName} ({{department})');
        await waitFor(() => expect(result('Nickname')).toHaveTextContent('Kim Minsu (Platform)'));
    });

    test('with an account shows before and after, and what stays', async () => {
        memory.stored = [account('a1', {
            linked_object_id: objectId(1), username: 'minsu.kim', email: 'minsu.kim@corp.example', nickname: 'Minsu', first_name: 'Person 1', last_name: 'Kim',
            position: 'Lead', locale: 'en',
        })];
        await render({mapping: {position: {when: 'when_empty'}, timezone: {sources: ['department']}}});
        await choose('minsu', /Kim Minsu/);

        expect(await screen.findByText(/A sync updates 1 field of/)).toHaveTextContent('A sync updates 1 field of @minsu.kim.');
        expect(result('Nickname')).toHaveTextContent('Minsu Kim Minsu');
        expect(result('Position')).toHaveTextContent('Lead');
        expect(result('Position')).toHaveTextContent('Not applied: Engineer');
        expect(result('Last name')).toHaveTextContent('Unchanged');
        expect(result('Time zone')).toHaveTextContent('Mattermost does not accept Platform');
        expect(result('Sign-in data')).toHaveTextContent('Only for new accounts with single sign-on');
    });

    test('without written values shows why', async () => {
        memory.users[0] = directoryUser(1, {displayName: 'Kim Minsu', accountEnabled: false});
        await render({});
        await choose('minsu', /Kim Minsu/);

        expect(await screen.findByText(/A sync makes no changes/)).toHaveTextContent('A sync makes no changes. Reason: sign-in blocked in the directory.');
    });

    test('shows attributes that were not read as that', async () => {
        await render({mapping: {position: {sources: ['city']}}});
        await choose('minsu', /Kim Minsu/);

        expect(await screen.findByText(/Not read yet/)).toHaveTextContent(/Not read yet: city\./);
        expect(result('Position')).toHaveTextContent('Unchanged: not read yet');
    });

    test('waits while the mapping has a fault, not while the scope has one', async () => {
        await render({scope: {guests: 'yes'}, mapping: {nickname: {sources: ['displayName']}}});
        await choose('minsu', /Kim Minsu/);
        expect(await screen.findByText(/creates one with these values/)).toBeVisible();

        await userEvent.type((await open('Nickname')).getByLabelText('Entry 1'), 'x');
        expect(await screen.findByText('The policy has an error. Fix it to see the result.')).toBeVisible();
        expect(result('Nickname')).toHaveTextContent('Not known');
    });

    test('is requested once during fast typing', async () => {
        await render({});
        await choose('minsu', /Kim Minsu/);
        await screen.findByText(/creates one with these values/);
        const asked = server.sent('POST /lookups/accounts.find').length;

        await userEvent.type((await open('Nickname')).getByLabelText('Entry 1'), '{Control>}a{/Control}department');
        await waitFor(() => expect(result('Nickname')).toHaveTextContent('Platform'));
        expect(server.sent('POST /lookups/accounts.find')).toHaveLength(asked + 1);
    });

    test('whose account cannot be looked up shows why', async () => {
        server.on('POST /lookups/accounts.find', {code: 'database_failed', message: 'The database does not answer.', hint: 'Wait.'}, 500);
        await render({});
        await choose('minsu', /Kim Minsu/);

        expect(await screen.findByRole('alert')).toHaveTextContent('The database does not answer.');
        expect(result('Nickname')).toHaveTextContent('Not known');
    });

    test('names that are hostile are text', async () => {
        memory.users[0] = directoryUser(1, {displayName: '<img src=x onerror=alert(1)> Minsu'});
        await render({});
        await choose('minsu', /Minsu/);

        await waitFor(() => expect(result('Nickname')).toHaveTextContent('<img src=x onerror=alert(1)> Minsu'));
        expect(document.querySelector('img')).toBeNull();
    });

    test('stays chosen while other tabs are open', async () => {
        const page = await render({});
        await choose('minsu', /Kim Minsu/);
        await screen.findByText(/This user has no account/);

        page.rerender(<p>{'another tab'}</p>);
        expect(screen.queryByRole('table')).not.toBeInTheDocument();
        page.rerender(<FieldsEditor document={{}} {...parsePolicy({})} saved={{}} isDisabled={false} onChange={() => undefined}/>);

        expect(await screen.findByText(/This user has no account/)).toBeVisible();
        expect(result('Nickname')).toHaveTextContent('Kim Minsu');
    });

    test('is looked for in the newest read, also while the list is open', async () => {
        const page = await render({});
        await userEvent.click(screen.getByLabelText('Show the result for a user'));
        expect(await screen.findByRole('option', {name: /Lee Jiwoo/})).toBeVisible();

        memory.users = [directoryUser(3, {displayName: 'Park Seoyeon', mail: 'seoyeon.park@corp.example'})];
        act(() => void page.store.dispatch(runReceived(sampleRun())));
        expect(await screen.findByRole('option', {name: /Park Seoyeon/})).toBeVisible();
        expect(screen.queryByRole('option', {name: /Lee Jiwoo/})).not.toBeInTheDocument();
    });

    test('cannot be chosen before any users were read', async () => {
        serveLive(server, memory, 0);
        renderEditor(FieldsEditor, {});

        expect(await screen.findByText(/Run a preview first/)).toBeVisible();
        expect(screen.queryByLabelText('Show the result for a user')).not.toBeInTheDocument();
    });

    test('who is not there is not found, and a directory that cannot be read is reported', async () => {
        await render({});
        await userEvent.type(screen.getByLabelText('Show the result for a user'), 'zzz');
        expect(await screen.findByText('No users found')).toBeVisible();
    });

    test('a directory that cannot be read is reported', async () => {
        server.on('GET /directory', {code: 'database_failed', message: 'The database does not answer.', hint: 'Wait.'}, 500);
        renderEditor(FieldsEditor, {});

        expect(await screen.findByRole('alert')).toHaveTextContent('The database does not answer.');
    });
});

test('nothing can be changed while the setting is disabled, but a user can be looked at', async () => {
    await render({mapping: {nickname: {join: {separator: '-'}, transform: [{step: 'match', pattern: 'a'}]}}}, {isDisabled: true});
    const panel = await open('Nickname');

    const controls = ['textbox', 'combobox', 'spinbutton'].flatMap((role) => panel.getAllByRole(role));
    for (const control of [...controls, ...panel.getAllByRole('button').filter(({textContent}) => textContent !== 'Done')]) {
        expect(control).toBeDisabled();
    }
    expect(screen.getByLabelText('Add a user attribute')).toBeDisabled();
    expect(screen.getByLabelText('Show the result for a user')).toBeEnabled();
});

test('the tab speaks Korean', async () => {
    await render({mapping: {nickname: {sources: ['{displayName'], transform: [{step: 'lower'}]}}}, {locale: 'ko'});

    expect(screen.getByRole('rowheader', {name: /사용자 이름/})).toBeVisible();
    expect(row('별명')).toHaveTextContent(/1번째 문자: \{의 짝이 없습니다/);
    expect(row('별명')).toHaveTextContent('소문자로 변환');
    const panel = await open('별명');
    expect(panel.getByLabelText('적용')).toHaveAccessibleDescription(/기존 계정은 값이 다를 때마다/);
    await userEvent.type(screen.getByLabelText('사용자의 결과 보기'), 'minsu');
    expect(await screen.findByRole('option', {name: /Kim Minsu/})).toBeVisible();
});
