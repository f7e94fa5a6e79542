/** @jest-environment jsdom */
import {fireEvent, screen, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {useState} from 'react';

import type {CustomSettingProps} from '../../../registry';
import {renderPage} from '../../../testing/render_page';

import {PolicySetting} from './policy_setting';

/** A console that keeps the value between changes. */
function renderSetting(value: unknown, props: Partial<CustomSettingProps> = {}, locale = 'en') {
    const saved = {value, isNeeded: false};
    function Console() {
        const [current, setCurrent] = useState(value);
        return (
            <PolicySetting
                id='PluginSettings.Plugins.entrasync.policy'
                disabled={false}
                setByEnv={false}
                setSaveNeeded={() => {
                    saved.isNeeded = true;
                }}
                {...props}
                value={current}
                onChange={(id, changed) => {
                    expect(id).toBe('PluginSettings.Plugins.entrasync.policy');
                    saved.value = changed;
                    setCurrent(changed);
                }}
            />
        );
    }
    renderPage(<Console/>, {locale});
    return saved;
}

const listOf = (...names: string[]) => ({version: 1, scope: {allow: {display_name_contains: names}}});

test('an empty list says that nobody is synced', () => {
    const saved = renderSetting({version: 1});

    expect(screen.getByText('The list is empty: nobody is synced.')).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(saved.isNeeded).toBe(false);
});

test('a name is added with Enter, changed and removed', async () => {
    const saved = renderSetting(listOf('Lee'));

    await userEvent.type(screen.getByLabelText('Add a name'), ' Kim {Enter}');
    expect(saved).toEqual({value: listOf('Lee', 'Kim'), isNeeded: true});

    await userEvent.type(screen.getByLabelText('Name 1'), 'son');
    expect(saved.value).toEqual(listOf('Leeson', 'Kim'));

    await userEvent.click(screen.getByRole('button', {name: 'Remove Leeson'}));
    expect(saved.value).toEqual(listOf('Kim'));
    expect(screen.getByLabelText('Name 1')).toHaveFocus();

    await userEvent.click(screen.getByRole('button', {name: 'Remove Kim'}));
    expect(saved.value).toEqual(listOf());
    expect(screen.getByLabelText('Add a name')).toHaveFocus();
});

test('a name that was typed but not added joins when the focus leaves', async () => {
    const saved = renderSetting(listOf());

    await userEvent.type(screen.getByLabelText('Add a name'), '한');
    await userEvent.tab();

    expect(saved.value).toEqual(listOf('한'));
});

test('pasted lines become rows, in their place and without repetition', async () => {
    const saved = renderSetting(listOf('Lee', 'Park'));

    screen.getByLabelText('Name 2').focus();
    await userEvent.paste('Kim\r\n\r\n Choi \nLee\nKim');
    expect(saved.value).toEqual(listOf('Lee', 'Kim', 'Choi', 'Park'));

    screen.getByLabelText('Add a name').focus();
    await userEvent.paste('Han, Sora\nMoon');
    expect(saved.value).toEqual(listOf('Lee', 'Kim', 'Choi', 'Park', 'Han, Sora', 'Moon'));
});

test('one pasted name is ordinary text', async () => {
    const saved = renderSetting(listOf('Lee'));

    screen.getByLabelText('Name 1').focus();
    await userEvent.paste('son');

    expect(saved.value).toEqual(listOf('Leeson'));
});

test('a blank name is a fault at its row, and keeps its place until it is corrected', async () => {
    const saved = renderSetting(listOf('Lee', 'Kim'));

    await userEvent.clear(screen.getByLabelText('Name 2'));

    expect(saved.value).toEqual(listOf('Lee', ''));
    expect(screen.getByLabelText('Name 1')).toBeValid();
    expect(screen.getByLabelText('Name 2')).toBeInvalid();
    expect(within(screen.getByRole('status')).getByRole('listitem')).toHaveTextContent('Policy.scope.allow.display_name_contains[1]');

    await userEvent.type(screen.getByLabelText('Name 2'), '김');
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
});

test('everyone is a choice of its own, with a warning, and keeps the list', async () => {
    const saved = renderSetting(listOf('Lee'));

    await userEvent.click(screen.getByRole('switch', {name: 'Sync everyone in the directory'}));

    expect(saved.value).toEqual({version: 1, scope: {everyone: true, allow: {display_name_contains: ['Lee']}}});
    expect(screen.getByText('Every member of your directory gets an account.')).toBeVisible();
    expect(screen.queryByLabelText('Name 1')).not.toBeInTheDocument();
});

test('the sign-in method is chosen, single sign-on with its service', async () => {
    const saved = renderSetting({version: 1});

    await userEvent.selectOptions(screen.getByLabelText('New accounts sign in with'), 'Single sign-on');
    await userEvent.selectOptions(screen.getByLabelText('Single sign-on service'), 'SAML');
    expect(saved.value).toEqual({version: 1, accounts: {sign_in: {method: 'single_sign_on', service: 'saml'}}});

    await userEvent.selectOptions(screen.getByLabelText('New accounts sign in with'), 'E-mail and one initial password');
    expect(saved.value).toEqual({version: 1, accounts: {sign_in: {method: 'initial_password'}}});
    expect(screen.getByText(/Everybody who knows the initial password/)).toBeVisible();
});

test('a policy stored as text is edited as well, and parts that the form does not show are kept', async () => {
    const saved = renderSetting('{"version":1,"history":{"keep_days":30}}');

    await userEvent.click(screen.getByRole('switch', {name: 'Include guests of the directory'}));

    expect(saved.value).toEqual({version: 1, history: {keep_days: 30}, scope: {guests: true}});
});

test('an unknown key is reported with its path', () => {
    renderSetting({version: 1, scoop: {}});

    expect(screen.getByText(/The policy has a fault/)).toBeVisible();
    expect(screen.getByRole('listitem')).toHaveTextContent('Policy.scoop');
});

test('a broken document opens as text, where it can be repaired', async () => {
    const saved = renderSetting('{"version":1');
    const text = screen.getByLabelText('Policy as JSON');

    expect(text).toHaveValue('{"version":1');
    expect(text).toBeInvalid();
    expect(screen.getByText(/The policy has a fault/)).toBeVisible();
    expect(screen.getByRole('button', {name: 'Edit as a form'})).toBeDisabled();

    fireEvent.change(text, {target: {value: '{"version":1,'}});
    expect(saved.value).toBe('{"version":1,');
    fireEvent.change(text, {target: {value: '{"version":1}'}});
    expect(saved.value).toEqual({version: 1});
    expect(text).toHaveValue('{"version":1}');

    await userEvent.click(screen.getByRole('button', {name: 'Edit as a form'}));
    expect(screen.getByLabelText('Add a name')).toBeVisible();
});

test.each([[7], [[1]], [{scope: 'x'}]])('the value %j crashes nothing', (value) => {
    renderSetting(value);

    expect(screen.getByLabelText('Policy as JSON')).toBeInvalid();
});

test('a text that was edited back and forth shows the newest document', async () => {
    renderSetting(listOf('Lee'));

    await userEvent.click(screen.getByRole('button', {name: 'Edit as JSON'}));
    fireEvent.change(screen.getByLabelText('Policy as JSON'), {target: {value: JSON.stringify(listOf('Kim'))}});
    await userEvent.click(screen.getByRole('button', {name: 'Edit as a form'}));

    expect(screen.getByLabelText('Name 1')).toHaveValue('Kim');
});

test.each([{disabled: true}, {setByEnv: true}])('nothing can be changed when the console says %j', (props) => {
    renderSetting({...listOf('Lee'), accounts: {sign_in: {method: 'single_sign_on', service: 'saml'}}}, props);

    for (const control of [...screen.getAllByRole('textbox'), ...screen.getAllByRole('switch'), ...screen.getAllByRole('combobox')]) {
        expect(control).toBeDisabled();
    }
    expect(screen.getByRole('button', {name: 'Add'})).toBeDisabled();
    expect(screen.queryByText(/environment variable/) !== null).toBe(props.setByEnv ?? false);
});

test('the setting speaks Korean', () => {
    renderSetting(listOf('한', ''), {}, 'ko');

    expect(screen.getByRole('heading', {name: '동기화 대상'})).toBeVisible();
    expect(screen.getByText('정책에 오류가 1개 있습니다. 고칠 때까지 실행할 수 없습니다.')).toBeVisible();
    expect(screen.getByRole('button', {name: '한 삭제'})).toBeVisible();
});
