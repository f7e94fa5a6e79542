/** @jest-environment jsdom */
import {act, fireEvent, screen} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {useState} from 'react';

import type {CustomSettingProps} from '../../registry';
import {placeChanged} from '../../store/actions';
import * as parse from '../../sync/policy/parse';
import {FakeServer} from '../../testing/fake_server';
import {renderPage} from '../../testing/render_page';
import {startingPlace, type Tab} from '../../store/place';

import {PolicySetting} from './policy_setting';

// A copy of the module, because spies cannot change the exports of the original.
jest.mock('../../sync/policy/parse', () => ({__esModule: true, ...jest.requireActual<object>('../../sync/policy/parse')}));

const server = new FakeServer();
const id = 'PluginSettings.Plugins.entrasync.policy';

beforeEach(() => server.install());
afterEach(() => server.uninstall());

/** A console that keeps the value between changes. */
function renderSetting(value: unknown, props: Partial<CustomSettingProps> = {}, {locale = 'en', tab = 'users' as Tab} = {}) {
    const console = {value, isNeeded: false};
    function Console() {
        const [current, setCurrent] = useState(value);
        return (
            <PolicySetting
                id={id}
                disabled={false}
                setByEnv={false}
                setSaveNeeded={() => {
                    console.isNeeded = true;
                }}
                config={{PluginSettings: {Plugins: {entrasync: {policy: value}}}}}
                {...props}
                value={current}
                onChange={(changedId, changed) => {
                    expect(changedId).toBe(id);
                    console.value = changed;
                    setCurrent(changed);
                }}
            />
        );
    }
    const {store} = renderPage(<Console/>, {locale});
    act(() => {
        store.dispatch(placeChanged({...startingPlace, tab}));
    });
    return Object.assign(console, {store});
}

const everyone = {version: 1, scope: {everyone: true}};
const text = () => screen.getByLabelText('Policy as JSON');

test.each(['overview', 'connection', 'schedule', 'runs'] as const)('the tab %s shows nothing of the policy', (tab) => {
    renderSetting(everyone, {}, {tab});

    expect(document.body).not.toHaveTextContent(/\S/);
});

test.each([['users', 'Users'], ['mapping', 'Attribute mapping'], ['memberships', 'Teams and channels'], ['lifecycle', 'Lifecycle']] as const)('the tab %s has its own editor', async (tab, title) => {
    renderSetting(everyone, {}, {tab});

    expect(screen.getByRole('heading', {name: title})).toBeVisible();
    expect(screen.getByRole('button', {name: 'Edit as JSON'})).toBeVisible();
    await act(async () => undefined);
});

test('a policy stored as text is edited as well, and parts that the editor does not show are kept', async () => {
    const console = renderSetting('{"version":1,"history":{"keep_days":30}}');

    await userEvent.click(await screen.findByRole('switch', {name: 'Include guest users'}));

    expect(console.value).toEqual({version: 1, history: {keep_days: 30}, scope: {guests: true}});
    expect(console.isNeeded).toBe(true);
});

test('a document is checked once, not with everything else that moves on the page', async () => {
    const check = jest.spyOn(parse, 'parsePolicy');
    const {store} = renderSetting(everyone);
    await screen.findByRole('switch', {name: 'Include guest users'});
    const checks = check.mock.calls.length;
    act(() => void store.dispatch(placeChanged({...startingPlace, tab: 'users'})));
    await userEvent.click(screen.getByRole('button', {name: 'Edit as JSON'}));

    expect(checks).toBeGreaterThan(0);
    expect(check).toHaveBeenCalledTimes(checks);
});

test('an unknown key is reported with its path', async () => {
    renderSetting({version: 1, scoop: {}});

    expect(screen.getByText(/The policy has an error/)).toBeVisible();
    expect(screen.getByText(/Policy\.scoop/)).toBeVisible();
    await act(async () => undefined);
});

test('a broken document opens as text, where it can be repaired', async () => {
    const console = renderSetting('{"version":1');

    expect(text()).toHaveValue('{"version":1');
    expect(text()).toBeInvalid();
    expect(screen.getByText(/The policy has an error/)).toBeVisible();
    expect(screen.getByRole('button', {name: 'Edit as form'})).toBeDisabled();

    fireEvent.change(text(), {target: {value: '{"version":1,'}});
    expect(console.value).toBe('{"version":1,');
    fireEvent.change(text(), {target: {value: '{"version":1}'}});
    expect(console.value).toEqual({version: 1});
    expect(text()).toHaveValue('{"version":1}');

    await userEvent.click(screen.getByRole('button', {name: 'Edit as form'}));
    expect(await screen.findByRole('switch', {name: 'Include guest users'})).toBeVisible();
});

test.each([[7], [[1]]])('the value %j crashes nothing', (value) => {
    renderSetting(value);

    expect(text()).toBeInvalid();
});

test('a text that was edited back and forth shows the newest document', async () => {
    renderSetting({version: 1});

    await userEvent.click(screen.getByRole('button', {name: 'Edit as JSON'}));
    fireEvent.change(text(), {target: {value: JSON.stringify({version: 1, scope: {guests: true}})}});
    await userEvent.click(screen.getByRole('button', {name: 'Edit as form'}));

    expect(await screen.findByRole('switch', {name: 'Include guest users'})).toBeChecked();
});

test.each([{disabled: true}, {setByEnv: true}])('nothing can be changed when the console says %j', async (props) => {
    renderSetting(everyone, props);

    expect(await screen.findByRole('switch', {name: 'Include guest users'})).toBeDisabled();
    expect(screen.queryByText(/environment variable/) !== null).toBe(props.setByEnv ?? false);
    await userEvent.click(screen.getByRole('button', {name: 'Edit as JSON'}));
    expect(text()).toBeDisabled();
});

describe('faults of what is being edited', () => {
    const faultsNow = () => [...document.querySelectorAll('.EntraSync__fault:not([hidden])')].map(({textContent}) => textContent);
    const label = (name: string) => screen.getByLabelText(name, {selector: 'input'});

    async function addRule(props: Partial<CustomSettingProps> = {}) {
        renderSetting({version: 1, scope: {allow: {display_name_contains: ['Kim']}}}, props);
        await userEvent.click(await screen.findByRole('button', {name: 'Add rule'}));
    }

    test('a new, empty rule has none before a field was left', async () => {
        await addRule();

        expect(screen.queryByText(/The policy has/)).not.toBeInTheDocument();
        expect(screen.queryByText(/^\d+ errors?$/)).not.toBeInTheDocument();
        expect(faultsNow()).toEqual([]);
        expect(label('Attribute')).toBeValid();
    });
    test('a field of a new rule shows its own once it was left, and the rest once the rule was left', async () => {
        await addRule();
        await userEvent.click(label('Attribute'));
        await userEvent.tab();
        expect(faultsNow()).toHaveLength(1);
        expect(label('Attribute')).toBeInvalid();

        await userEvent.click(screen.getByRole('heading', {name: 'Users'}));
        expect(faultsNow().length).toBeGreaterThan(1);
        await userEvent.type(label('Attribute'), 'department');
        expect(label('Attribute')).toBeValid();
    });

    test('saving shows those of a new rule', async () => {
        const actions: Array<() => Promise<unknown>> = [];
        await addRule({registerSaveAction: (action) => actions.push(action)});
        await act(async () => {
            await Promise.all(actions.map((action) => action()));
        });

        expect(screen.getAllByText(/^The policy has 2 errors/)[0]).toBeVisible();
        expect(faultsNow().length).toBeGreaterThan(1);
    });

    test('what is saved with faults shows them at once', async () => {
        renderSetting({version: 1, scope: {rules: [{name: '', effect: 'allow', when: {attribute: 'department', operator: 'equals', value: 'Sales'}}]}});

        expect(await screen.findByText('1 error')).toBeVisible();
    });
});

test('the setting speaks Korean', async () => {
    renderSetting({version: 1, scoop: {}}, {}, {locale: 'ko'});

    expect(screen.getByRole('heading', {name: '사용자'})).toBeVisible();
    expect(screen.getByText('정책에 오류가 1개 있습니다. 수정할 때까지 실행을 시작할 수 없습니다.')).toBeVisible();
    await act(async () => undefined);
});
