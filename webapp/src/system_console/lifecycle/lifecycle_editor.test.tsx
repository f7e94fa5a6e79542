/** @jest-environment jsdom */
import {fireEvent, screen, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import {parsePolicy} from '../../sync/policy/parse';
import {openServer} from '../../sync/testing/open_server';
import {FakeServer} from '../../testing/fake_server';
import {renderEditor} from '../../testing/render_editor';
import {withPart, type PolicyDocument} from '../policy/policy_document';

import {bounds} from '../policy/settings/numbers';
import RulesEditor from './lifecycle_editor';

/** Each key redraws dozens of controls, which takes time on a busy machine (ms). */
jest.setTimeout(30_000);

/** With all sections open. */
function render(document: PolicyDocument, options = {}) {
    const edited = renderEditor(RulesEditor, document, options);
    for (const head of screen.queryAllByRole('button', {expanded: false})) {
        fireEvent.click(head);
    }
    return edited;
}

const head = (name: string) => screen.getByRole('button', {name});

test('sections are folded at first and say what is set; the keyboard opens and folds them', async () => {
    renderEditor(RulesEditor, {lifecycle: {reactivate: false, protected: ['ceo']}, accounts: {sign_in: {method: 'single_sign_on', service: 'saml'}, adopt: {enabled: false}}});
    expect(screen.getAllByRole('button', {expanded: false}).map((button) => button.closest('.EntraSync__foldTop')?.textContent)).toEqual([
        'Sign-inSingle sign-on: SAML',
        'Account matchingLink, Sign-in data, Email address. Existing accounts are not linked.',
        'Actionscreate, update, deactivate. Off: reactivate',
        'DeactivationMissing after 2 full directory reads, no grace period, 1 protected account',
        'Safety limitsDeactivations are held above 5 accounts and 5%. Minimum directory size: 50%.',
        'Performance and history8 accounts in parallel, history of 90 days',
    ]);
    expect(screen.queryByRole('switch')).not.toBeInTheDocument();

    head('Actions').focus();
    await userEvent.keyboard('{Enter}');
    expect(head('Actions')).toHaveAttribute('aria-expanded', 'true');
    expect(screen.getByRole('switch', {name: 'Create accounts'})).toBeVisible();
    expect(head('Actions')).not.toHaveAccessibleDescription();
    await userEvent.keyboard(' ');
    expect(screen.queryByRole('switch')).not.toBeInTheDocument();
});

test('a section with an error is open, cannot be folded, and stays open once the error is fixed', async () => {
    renderEditor(RulesEditor, {limits: {concurrency: 99}, lifecycle: {protected: 7}});
    expect(screen.getAllByRole('button', {expanded: true}).map(({textContent}) => textContent)).toEqual(['Deactivation', 'Performance and history']);

    await userEvent.click(head('Performance and history'));
    const box = screen.getByLabelText('Accounts written in parallel');
    expect(box).toBeVisible();
    await userEvent.clear(box);
    await userEvent.type(box, '6');
    expect(box).toBeValid();
    expect(box).toBeVisible();
    await userEvent.click(head('Performance and history'));
    expect(head('Performance and history')).toHaveAccessibleDescription('6 accounts in parallel, history of 90 days');
});

test('what was typed into a folded section stays, and an error in it opens it', async () => {
    renderEditor(RulesEditor, {});
    await userEvent.click(head('Safety limits'));
    await userEvent.type(screen.getByLabelText('Approval period (days)'), '9');
    await userEvent.click(head('Safety limits'));
    expect(head('Safety limits')).toHaveAttribute('aria-expanded', 'true');
});

function settingOf(control: HTMLElement): HTMLElement {
    return control.closest<HTMLElement>('.EntraSync__setting')!;
}

test.each(Object.entries(bounds))('%s has the bounds of the policy', (_, {path, min, max, isWhole}) => {
    const isValid = (value: number) => parsePolicy(withPart({}, path, value)).faults.length === 0;

    expect([min, max, min - 1, max + 1, min + 0.5].map(isValid)).toEqual([true, true, false, false, !isWhole]);
});

test('everything is as by default, and says so', () => {
    const edited = render({});

    for (const title of ['Sign-in', 'Account matching', 'Actions', 'Deactivation', 'Safety limits', 'Performance and history']) {
        expect(screen.getByRole('heading', {name: title})).toBeVisible();
    }
    expect(screen.getByLabelText('Full directory reads without the user')).toHaveValue(2);
    expect(screen.queryByRole('button', {name: /Reset to default/})).not.toBeInTheDocument();
    expect(edited.document).toEqual({});
});

test('a number is set, its effect is shown, and its default removes it again', async () => {
    const edited = render({version: 1, later: 1});
    const box = screen.getByLabelText('Grace period (days)');
    expect(box).toHaveAccessibleDescription('Accounts are deactivated as soon as it is certain that the user left.');

    await userEvent.clear(box);
    await userEvent.type(box, '14');
    expect(edited.document).toEqual({version: 1, later: 1, lifecycle: {leavers: {grace_days: 14}}});
    expect(box).toHaveAccessibleDescription(/stay active for 14 days/);
    expect(screen.getByText(/after 2 full directory reads without the user, but not before 14 days/)).toBeVisible();

    await userEvent.clear(box);
    expect(edited.document).toEqual({version: 1, later: 1});
    expect(box).toHaveValue(null);
    await userEvent.tab();
    expect(box).toHaveValue(0);
});

test('text that is no number is reported at its box, changes nothing, and does not stay', () => {
    const edited = render({guard: {deactivations: {more_than: 20}}});
    const kind = within(screen.getByRole('group', {name: 'Deactivations'}));
    for (const [name, stored] of [['Limit (changes)', 20], ['Absolute limit (changes)', null]] as const) {
        const box = kind.getByLabelText<HTMLInputElement>(name);
        Object.defineProperty(box, 'validity', {configurable: true, value: {badInput: true}});
        fireEvent.input(box, {target: {value: ''}});
        expect(box).toBeInvalid();
        expect(box).toHaveAccessibleDescription(/Enter a whole number from 0 to 1,000,000\./);
        expect(edited.document).toEqual({guard: {deactivations: {more_than: 20}}});

        fireEvent.blur(box);
        expect(box).toBeValid();
        expect(box).toHaveValue(stored);
    }
});

test('the default of a choice is named once', () => {
    render({lifecycle: {leavers: {other_sign_in_method: 'report'}}});

    const deactivate = screen.getByLabelText('Accounts with another sign-in method');
    expect(within(settingOf(deactivate)).getByRole('button', {name: 'Reset to default (Deactivate)'})).toBeVisible();
    const recreated = screen.getByLabelText('Users recreated in the directory');
    expect(within(settingOf(recreated)).getAllByText(/default/i)).toHaveLength(1);
});

test('the way back to a default keeps the focus', async () => {
    const edited = render({history: {keep_days: 30}});
    const box = screen.getByLabelText('Keep run history (days)');

    await userEvent.click(within(settingOf(box)).getByRole('button', {name: 'Reset to default (90)'}));

    expect(edited.document).toEqual({});
    expect(box).toHaveValue(90);
    expect(box).toHaveFocus();
});

test('a number out of bounds is reported at its box', () => {
    render({limits: {concurrency: 99}, guard: {min_directory_percent: 120}});

    expect(screen.getByLabelText('Accounts written in parallel')).toBeInvalid();
    expect(screen.getByLabelText('Accounts written in parallel')).toHaveAccessibleDescription(/Enter a whole number from 1 to 32\./);
    expect(screen.getByLabelText('Minimum directory size (%)')).toHaveAccessibleDescription(/Enter a number from 0 to 100\./);
    expect(screen.getByLabelText('Approval period (days)')).toBeValid();
});

test('Enter in a box does not save the settings', () => {
    render({});

    expect(fireEvent.keyDown(screen.getByLabelText('Approval period (days)'), {key: 'Enter'})).toBe(false);
});

test('Enter on a switch does not save the settings', () => {
    render({});
    expect(fireEvent.keyDown(screen.getByRole('switch', {name: 'Deactivate accounts'}), {key: 'Enter'})).toBe(false);
});

test('the guard says its numbers in sentences', async () => {
    const edited = render({});
    const kind = within(screen.getByRole('group', {name: 'Deactivations'}));
    expect(kind.getByText(/held if there are more than 5 within 24 hours and they affect more than 5% /)).toBeVisible();

    await userEvent.type(kind.getByLabelText('Absolute limit (changes)'), '50');
    expect(edited.document).toEqual({guard: {deactivations: {never_more_than: 50}}});
    expect(kind.getByText(/More than 50 are always held\./)).toBeVisible();

    await userEvent.clear(kind.getByLabelText('Absolute limit (changes)'));
    await userEvent.type(kind.getByLabelText('Absolute limit (changes)'), '0');
    expect(kind.getByText('Every change of this kind is held for approval.')).toBeVisible();

    await userEvent.click(kind.getByRole('button', {name: 'Reset to default (none)'}));
    expect(edited.document).toEqual({});
});

test('a switch says what it does now', async () => {
    const edited = render({});
    const leave = screen.getByRole('switch', {name: 'Deactivate accounts'});
    expect(leave).toBeChecked();
    expect(leave).toHaveAccessibleDescription(/are deactivated, as set below/);

    await userEvent.click(leave);
    expect(edited.document).toEqual({lifecycle: {deactivate: false}});
    expect(leave).toHaveAccessibleDescription('No accounts are deactivated. Users who left are only reported.');
    expect(screen.queryByText(/Missing users/)).not.toBeInTheDocument();

    await userEvent.click(leave);
    expect(edited.document).toEqual({});
});

test('each cause of leaving has its switch', async () => {
    const edited = render({});

    await userEvent.click(screen.getByRole('switch', {name: 'Out of scope'}));

    expect(edited.document).toEqual({lifecycle: {leavers: {out_of_scope: false}}});
    expect(screen.getByText('Accounts of these users stay active and are only reported.')).toBeVisible();
});

test('the handling of users who were created again can be chosen', async () => {
    const edited = render({});
    const choice = screen.getByLabelText('Users recreated in the directory');
    expect(within(choice).getByRole('option', {name: 'Report a conflict'})).toBeInTheDocument();

    await userEvent.selectOptions(choice, 'Move the link');
    expect(edited.document).toEqual({accounts: {recreated: 'relink'}});
    expect(choice).toHaveAccessibleDescription(/linked to the new object ID/);

    await userEvent.selectOptions(choice, 'Report a conflict');
    expect(edited.document).toEqual({});
});

test('what happens to leavers with another sign-in method can be chosen, and each choice says its consequence', async () => {
    const edited = render({});
    const choice = screen.getByLabelText('Accounts with another sign-in method');
    expect(choice).toHaveValue('deactivate');
    expect(choice).toHaveAccessibleDescription(/deactivated even if its sign-in method has changed/);

    await userEvent.selectOptions(choice, 'Report a conflict');
    expect(edited.document).toEqual({lifecycle: {leavers: {other_sign_in_method: 'report'}}});
    expect(choice).toHaveAccessibleDescription(/can still sign in until you deactivate the account/);

    await userEvent.selectOptions(choice, 'Deactivate');
    expect(edited.document).toEqual({});
});

test('the sign-in method is chosen, and the default leaves nothing behind', async () => {
    const edited = render({});

    await userEvent.selectOptions(screen.getByLabelText('Sign-in method for new accounts'), 'Single sign-on');
    await userEvent.selectOptions(screen.getByLabelText('Single sign-on service'), 'SAML');
    expect(edited.document).toEqual({accounts: {sign_in: {method: 'single_sign_on', service: 'saml'}}});

    await userEvent.selectOptions(screen.getByLabelText('Sign-in method for new accounts'), 'Email and a random password');
    expect(edited.document).toEqual({});
});

test.each([{method: 'single_sign_on'}, {method: 'random_password', service: 'saml'}, 'saml'])('the sign-in method %j is reset, not guessed', async (sign_in) => {
    const edited = render({accounts: {sign_in}});
    expect(screen.queryByLabelText('Sign-in method for new accounts')).not.toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', {name: 'Reset to default'}));
    expect(edited.document).toEqual({});
    expect(screen.getByLabelText('Sign-in method for new accounts')).toHaveValue('random_password');
});

test('the order of matching is changed by keyboard, and the focus goes along', async () => {
    const edited = render({});
    const order = within(screen.getByRole('group', {name: 'Matching order'}));
    expect(order.queryByRole('button', {name: /Link/})).not.toBeInTheDocument();
    expect(order.getByRole('button', {name: 'Move Sign-in data up (2 of 3)'})).toBeDisabled();

    order.getByRole('button', {name: 'Move Email address up (3 of 3)'}).focus();
    await userEvent.keyboard('{Enter}');
    expect(edited.document).toEqual({accounts: {matching: ['link', 'email', 'auth_data']}});
    expect(order.getByRole('button', {name: 'Move Email address down (2 of 3)'})).toHaveFocus();

    await userEvent.keyboard('{Enter}');
    expect(edited.document).toEqual({});
});

test('keys are added to the matching and taken out', async () => {
    const edited = render({});

    await userEvent.click(screen.getByRole('button', {name: 'Add: Username'}));
    expect(edited.document).toEqual({accounts: {matching: ['link', 'auth_data', 'email', 'username']}});
    expect(document.body).not.toHaveFocus();

    await userEvent.click(screen.getByRole('button', {name: 'Remove Sign-in data'}));
    expect(edited.document).toEqual({accounts: {matching: ['link', 'email', 'username']}});
    expect(screen.getByRole('button', {name: 'Remove Email address'})).toHaveFocus();

    await userEvent.click(screen.getByRole('button', {name: 'Remove Username'}));
    expect(document.body).not.toHaveFocus();
    await userEvent.click(screen.getByRole('button', {name: 'Remove Email address'}));
    expect(edited.document).toEqual({accounts: {matching: ['link']}});
    await userEvent.click(screen.getByRole('button', {name: 'Reset to default'}));
    expect(edited.document).toEqual({});
});

test('protected accounts are pasted, changed and removed', async () => {
    const edited = render({});
    const list = within(screen.getByRole('group', {name: 'Protected accounts'}));

    await userEvent.click(list.getByLabelText('Add a username, email address, or account ID'));
    await userEvent.paste('reception@example.com\r\n\n emergency.access \n');
    expect(edited.document).toEqual({lifecycle: {protected: ['reception@example.com', 'emergency.access']}});

    await userEvent.clear(list.getByLabelText('Entry 2'));
    expect(list.getByLabelText('Entry 2')).toBeInvalid();
    expect(list.getByLabelText('Entry 2')).toHaveAccessibleDescription(/Enter a username, an email address, or an account ID/);

    await userEvent.click(list.getByRole('button', {name: 'Remove reception@example.com'}));
    expect(list.getByLabelText('Entry 1')).toHaveFocus();
    await userEvent.type(list.getByLabelText('Entry 1'), 'ceo');
    await userEvent.click(list.getByRole('button', {name: 'Remove ceo'}));
    expect(edited.document).toEqual({});
    expect(list.getByLabelText('Add a username, email address, or account ID')).toHaveFocus();
});

test('a part of another shape is not shown, only that one, and can be reset', async () => {
    const edited = render({lifecycle: {create: 'yes', leavers: {grace_days: '3'}, protected: [1]}, accounts: {matching: ['email'], sign_in: {method: 'magic'}, recreated: 7}});

    expect(screen.getAllByText('This part of the policy cannot be shown as a form.')).toHaveLength(6);
    expect(screen.getByRole('switch', {name: 'Update accounts'})).toBeEnabled();

    await userEvent.click(within(settingOf(screen.getByText('Grace period (days)'))).getByRole('button', {name: 'Reset to default'}));
    expect(edited.document.lifecycle).toEqual({create: 'yes', protected: [1]});
    expect(screen.getByLabelText('Grace period (days)')).toHaveValue(0);
});

test('nothing can be changed while the setting is disabled', () => {
    render({lifecycle: {protected: ['ceo'], leavers: {missing_reads: 3}}, accounts: {matching: ['link', 'email']}}, {isDisabled: true});

    for (const role of ['spinbutton', 'switch', 'combobox', 'textbox', 'button']) {
        for (const control of screen.getAllByRole(role).filter((each) => !each.hasAttribute('aria-expanded'))) {
            expect(control).toBeDisabled();
        }
    }
});

test('folded sections speak Korean', () => {
    renderEditor(RulesEditor, {lifecycle: {reactivate: false}}, {locale: 'ko'});

    expect(head('작업')).toHaveAccessibleDescription('생성, 업데이트, 비활성화. 꺼짐: 재활성화');
    expect(head('계정 일치')).toHaveAccessibleDescription('연결, 인증 데이터, 이메일 주소');
    expect(head('비활성화')).toHaveAccessibleDescription('전체 디렉터리 읽기 2회 후 누락으로 판단, 유예 기간 없음, 보호된 계정 없음');
});

test('the tab speaks Korean', () => {
    render({lifecycle: {leavers: {grace_days: 7}}, limits: {concurrency: 0}}, {locale: 'ko'});

    expect(screen.getByRole('heading', {name: '안전 한도'})).toBeVisible();
    expect(screen.getByLabelText('유예 기간(일)')).toHaveAccessibleDescription(/7일 동안 계정을 활성 상태로 유지합니다/);
    expect(screen.getByLabelText('동시에 처리하는 계정 수')).toHaveAccessibleDescription(/1에서 32 사이의 정수를 입력하세요/);
    expect(screen.getByRole('button', {name: '기본값으로 재설정(0)'})).toBeVisible();
    expect(document.body).not.toHaveTextContent(/[a-z]{4,} [a-z]{3,}/i);
});

describe('a sign-in method that the server does not have', () => {
    const server = new FakeServer();

    beforeEach(() => {
        server.install();
        server.on('POST /lookups/accounts.server_rules', openServer({password_sign_in: false}));
    });
    afterEach(() => server.uninstall());

    test('is told at once with what to turn on, and one that it has is not', async () => {
        render({});

        expect(await screen.findByText(/signing in with a password is turned off/)).toBeVisible();
        expect(screen.getByText(/Turn on sign-in with email or with username in System Console > Authentication > Email/)).toBeVisible();

        await userEvent.selectOptions(screen.getByLabelText('Sign-in method for new accounts'), 'Single sign-on');
        expect(screen.queryByText(/Users could not sign in/)).not.toBeInTheDocument();
    });

    test('is told while the section is folded, where the overview leads to', async () => {
        renderEditor(RulesEditor, {});
        const shown = async () => (await screen.findAllByText(/signing in with a password is turned off/)).filter((text) => text.closest('[hidden]') === null);

        expect(await shown()).toHaveLength(1);
        await userEvent.click(head('Sign-in'));
        expect(await shown()).toHaveLength(1);
    });

    test('is told in Korean', async () => {
        render({}, {locale: 'ko'});

        expect(await screen.findByText(/비밀번호 로그인이 꺼져 있습니다/)).toBeVisible();
    });
});
