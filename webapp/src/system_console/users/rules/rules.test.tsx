/** @jest-environment jsdom */
import {fireEvent, screen, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import {FakeServer} from '../../../testing/fake_server';
import {renderPeople} from '../../../testing/users_page';

/** Has tests of its own. */
jest.mock('../effect/effect_panel', () => ({EffectPanel: () => null}));

let server: FakeServer;

beforeEach(() => {
    server = new FakeServer();
    server.install();
});

afterEach(() => server.uninstall());

const rule = (name: string, more: object = {}) => ({name, effect: 'allow', when: {all: [{attribute: 'city', operator: 'equals', value: 'Seoul'}]}, ...more});
const withRules = (...rules: unknown[]) => ({version: 1, scope: {rules}});
const open = (name: string) => userEvent.click(screen.getByRole('button', {name: new RegExp(`\\. ${name}$`)}));
const ruleNames = () => screen.getAllByRole('button', {expanded: false}).map((button) => button.textContent!.replace('▸ ', ''));

test('a rule is added, named and filled in; its name takes the focus', async () => {
    const page = await renderPeople({version: 1});
    await userEvent.click(screen.getByRole('button', {name: 'Add rule'}));
    expect(screen.getByLabelText('Name')).toHaveFocus();
    fireEvent.change(screen.getByLabelText('Name'), {target: {value: 'Seoul'}});
    await userEvent.keyboard('{Enter}');
    await userEvent.selectOptions(screen.getByLabelText('Effect'), 'Deny');
    fireEvent.change(screen.getByLabelText('Attribute'), {target: {value: ' CITY '}});
    await userEvent.selectOptions(screen.getByLabelText('Operator'), 'starts with');
    fireEvent.change(screen.getByLabelText('Value'), {target: {value: 'Seo'}});
    await userEvent.click(screen.getByLabelText('Match case'));
    expect(fireEvent.keyDown(screen.getByLabelText('Match case'), {key: 'Enter'})).toBe(false);

    expect(page.document).toEqual(withRules({
        name: 'Seoul', effect: 'deny', when: {all: [{attribute: 'city', operator: 'starts_with', value: 'Seo', case_sensitive: true}]}}));
    expect(screen.getByText('city starts with “Seo”')).toBeVisible();

    await userEvent.click(screen.getByLabelText('Match case'));
    expect(page.document).toEqual(withRules({name: 'Seoul', effect: 'deny', when: {all: [{attribute: 'city', operator: 'starts_with', value: 'Seo'}]}}));
});

test('all attributes that the sync can read are suggested', async () => {
    await renderPeople({version: 1});
    const suggested = [...document.querySelectorAll('datalist option')].map((option) => option.getAttribute('value'));
    expect(suggested).toEqual(expect.arrayContaining(['department', 'employeeOrgData.costCenter', 'onPremisesExtensionAttributes.extensionAttribute15']));
});

test('rules move up and down, the focus with them, and a screen reader hears where they are', async () => {
    const page = await renderPeople(withRules(rule('A'), rule('B'), rule('C', {enabled: false})));

    await userEvent.click(screen.getByRole('button', {name: 'Move C up (3 of 3)'}));
    expect(ruleNames()).toEqual(['1. A', '2. C', '3. B']);
    expect(screen.getByRole('button', {name: 'Move C up (2 of 3)'})).toHaveFocus();
    expect(screen.getByText('C is now rule 2 of 3.')).toBeInTheDocument();
    await userEvent.keyboard('{Enter}');
    expect(page.document).toEqual(withRules(rule('C', {enabled: false}), rule('A'), rule('B')));
    expect(screen.getByRole('button', {name: 'Move C up (1 of 3)'})).toBeDisabled();
    expect(screen.getByRole('button', {name: 'Move C down (1 of 3)'})).toHaveFocus();
});

test('an open rule stays open where it moves', async () => {
    await renderPeople(withRules(rule('A'), rule('B')));
    await open('B');
    await userEvent.click(screen.getByRole('button', {name: 'Move B up (2 of 2)'}));
    expect(screen.getByRole('button', {name: '1. B'})).toHaveAttribute('aria-expanded', 'true');
    expect(screen.getByRole('button', {name: '2. A'})).toHaveAttribute('aria-expanded', 'false');
});

test('a rule is removed, and the focus goes to its neighbour; the last one leaves no key', async () => {
    const page = await renderPeople(withRules(rule('A'), rule('B')));
    await userEvent.click(screen.getByRole('button', {name: 'Remove A'}));
    expect(page.document).toEqual(withRules(rule('B')));
    expect(screen.getByRole('button', {name: '1. B'})).toHaveFocus();
    expect(screen.getByText('A was removed.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', {name: 'Remove B'}));
    expect(page.document).toEqual({version: 1});
    expect(screen.getByRole('button', {name: 'Add rule'})).toHaveFocus();
});

test('a rule is switched off and on again; on is not written down', async () => {
    const page = await renderPeople(withRules(rule('A')));
    await open('A');
    await userEvent.click(screen.getByRole('switch', {name: 'Enable this rule'}));
    expect(page.document).toEqual(withRules(rule('A', {enabled: false})));
    expect(screen.getByText('Off')).toBeVisible();
    expect(screen.getByText(/no users are synced/)).toBeVisible();
    await userEvent.click(screen.getByRole('switch', {name: 'Enable this rule'}));
    expect(page.document).toEqual(withRules(rule('A')));
});

test('conditions are added, joined the other way, put within each other and taken out', async () => {
    const page = await renderPeople(withRules(rule('A')));
    const when = () => (page.document.scope as {rules: Array<{when: unknown}>}).rules[0]!.when;
    const city = {attribute: 'city', operator: 'equals', value: 'Seoul'};
    const blank = {attribute: '', operator: 'equals', value: ''};
    await open('A');

    await userEvent.click(screen.getByRole('button', {name: 'Add condition'}));
    expect(when()).toEqual({all: [city, blank]});
    expect(screen.getAllByLabelText('Attribute')[1]).toHaveFocus();
    await userEvent.selectOptions(screen.getByLabelText('Conditions to be met'), 'At least one condition is met');
    expect(when()).toEqual({any: [city, blank]});

    await userEvent.click(screen.getByRole('button', {name: 'Add condition group'}));
    expect(when()).toEqual({any: [city, blank, {all: [blank]}]});
    const inner = within(screen.getAllByRole('group', {name: 'Condition group'})[1]!);
    await userEvent.click(inner.getByRole('button', {name: 'Add group membership'}));
    expect(when()).toEqual({any: [city, blank, {all: [blank, {member_of: ''}]}]});

    for (let left = 2; left > 0; left--) {
        await userEvent.click(inner.getAllByRole('button', {name: 'Remove condition'})[1]!);
    }
    expect(when()).toEqual({any: [city, blank]});
    await userEvent.click(screen.getAllByRole('button', {name: 'Remove condition'})[1]!);
    expect(when()).toEqual({any: [city]});
    expect(screen.getByRole('button', {name: 'Add condition'})).toHaveFocus();
});

test('no group can be added deeper than a policy may have them', async () => {
    await renderPeople(withRules(rule('A', {when: {all: [{any: [{all: [{any: [{attribute: 'city', operator: 'is_empty'}]}]}]}]}})));
    await open('A');
    expect(screen.getAllByRole('group', {name: 'Condition group'})).toHaveLength(4);
    expect(screen.getAllByRole('button', {name: 'Add condition group'})).toHaveLength(3);
});

test('a rule of one condition becomes one of several', async () => {
    const page = await renderPeople(withRules(rule('A', {when: {attribute: 'city', operator: 'is_empty'}})));
    await open('A');
    await userEvent.click(screen.getByRole('button', {name: 'Add condition'}));
    expect(page.document).toEqual(withRules(rule('A', {when: {all: [{attribute: 'city', operator: 'is_empty'}, {attribute: '', operator: 'equals', value: ''}]}})));
});

test('each operator has the value that it takes', async () => {
    const page = await renderPeople(withRules(rule('A', {when: {attribute: 'accountEnabled', operator: 'equals', value: true}})));
    const when = () => (page.document.scope as {rules: Array<{when: unknown}>}).rules[0]!.when;
    await open('A');
    const choose = (operator: string) => userEvent.selectOptions(screen.getByLabelText('Operator'), operator);
    expect(screen.getByLabelText('Value')).toHaveValue('true');

    await choose('is not');
    expect(when()).toEqual({attribute: 'accountEnabled', operator: 'not_equals', value: true});
    await choose('is one of');
    expect(when()).toEqual({attribute: 'accountEnabled', operator: 'one_of', values: ['true']});
    fireEvent.change(screen.getByLabelText('Values, one per line'), {target: {value: 'true\n\nfalse\n'}});
    expect(when()).toEqual({attribute: 'accountEnabled', operator: 'one_of', values: ['true', 'false']});
    await choose('contains');
    expect(when()).toEqual({attribute: 'accountEnabled', operator: 'contains', value: 'true'});
    await choose('is empty');
    expect(when()).toEqual({attribute: 'accountEnabled', operator: 'is_empty'});
    expect(screen.queryByLabelText('Value')).not.toBeInTheDocument();
});

test('faults are shown at their controls, a pattern\'s with its position', async () => {
    await renderPeople(withRules(
        {name: '', effect: 'perhaps', when: {all: [{attribute: 'shoeSize', operator: 'matches', value: 'a(b'}, {attribute: 'city', operator: 'one_of', values: []}]}},
        rule('Fine'),
    ));
    expect(screen.getByText(/^\d errors$/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', {name: '1. Unnamed rule 1'}));

    expect(screen.getByLabelText('Name')).toHaveAccessibleDescription('Empty, too long, or too many entries.');
    expect(screen.getByLabelText('Effect')).toHaveAccessibleDescription('Select one of the available values.');
    expect(screen.getByLabelText('Effect')).toHaveValue('perhaps');
    expect(screen.getAllByLabelText('Attribute')[0]).toBeInvalid();
    expect(screen.getByLabelText('Pattern')).toHaveAccessibleDescription('Error in the pattern at character 4: missing closing )');
    expect(screen.getByLabelText('Values, one per line')).toHaveAccessibleDescription('Empty, too long, or too many entries.');
    expect(screen.getAllByLabelText('Attribute')[1]).toBeValid();
});

test('faults of what has no control are shown as well', async () => {
    await renderPeople({version: 1, scope: {
        guest: true,
        deny: {upn: []},
        rules: [{name: 'A', effect: 'allow', unless: 1, when: {all: [
            {attribute: 'city', operator: 'is_empty', value: 'x'}, {attribute: 'city', operator: 'one_of', values: ['a', 'x'.repeat(257)]}, {member_of: 'Design'},
        ], none: []}}],
    }});
    await open('A');
    for (const key of ['guest', 'deny.upn', 'rules[0].unless', 'rules[0].when.none', 'rules[0].when.all[0].value']) {
        expect(screen.getByText(`The policy has an unknown key at Policy.scope.${key}.`)).toBeVisible();
    }
    expect(screen.getByLabelText('Values, one per line')).toHaveAccessibleDescription('Empty, too long, or too many entries.');
    expect(screen.getByText('Select a group.')).toBeVisible();
});

test('an operator that only a newer version knows stays until another is chosen', async () => {
    const page = await renderPeople(withRules(rule('A', {when: {attribute: 'city', operator: 'sounds_like', value: 'x'}})));
    await open('A');
    expect(screen.getByLabelText('Operator')).toHaveValue('sounds_like');
    expect(screen.getByLabelText('Operator')).toBeInvalid();
    await userEvent.type(screen.getByLabelText('Value'), 'y');
    expect(page.document).toEqual(withRules(rule('A', {when: {attribute: 'city', operator: 'sounds_like', value: 'xy'}})));
});

test.each([
    ['a rule', 7],
    ['a condition', {name: 'A', effect: 'allow', when: 7}],
    ['a condition within', {name: 'A', effect: 'allow', when: {all: [['x']]}}],
    ['a value', {name: 'A', effect: 'allow', when: {attribute: 'city', operator: 'equals', value: {}}}],
])('%s in another shape can be moved and removed, and points to the text editor', async (_, odd) => {
    const page = await renderPeople(withRules(odd, rule('B')));
    await userEvent.click(screen.getAllByRole('button', {expanded: false})[0]!);
    expect(screen.getByText('This part of the policy cannot be shown as a form.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', {name: 'Move B up (2 of 2)'}));
    expect(page.document).toEqual(withRules(rule('B'), odd));
});

test('what the form does not know of a rule and its conditions stays', async () => {
    const odd = {name: 'A', effect: 'allow', later: 1, when: {any: [{attribute: 'city', operator: 'equals', value: 'x', weight: 2}], mood: 3}};
    const page = await renderPeople(withRules(odd));
    await open('A');
    await userEvent.type(screen.getByLabelText('Value'), 'y');
    await userEvent.selectOptions(screen.getByLabelText('Conditions to be met'), 'All conditions are met');
    await userEvent.click(screen.getByRole('switch', {name: 'Enable this rule'}));
    expect(page.document).toEqual(withRules({name: 'A', effect: 'allow', later: 1, enabled: false,
        when: {all: [{attribute: 'city', operator: 'equals', value: 'xy', weight: 2}], mood: 3}}));
});

test('a rule says what it asks', async () => {
    await renderPeople(withRules(rule('A', {when: {all: [
        {attribute: 'department', operator: 'one_of', values: ['a', 'b', 'c', 'd']},
        {any: [{attribute: 'mail', operator: 'is_not_empty'}, {member_of: '0b7a51d4'}]},
    ]}})));
    expect(screen.getByText('department is one of a, b, c, … and (mail is not empty or member of the group “0b7a51d4”)')).toBeVisible();
});
