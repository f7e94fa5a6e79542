/** @jest-environment jsdom */
import {screen, within} from '@testing-library/react';

import {samplePlainSettings} from '../../testing/plain_settings';
import {renderPage} from '../../testing/render_page';
import type {PolicyDocument} from '../policy/policy_document';

import {InitialPasswordPanel} from './initial_password_panel';

function render(policy: PolicyDocument | string, options = {}) {
    return renderPage(<InitialPasswordPanel settings={samplePlainSettings({Policy: policy, InitialPassword: 'x'})}/>, options);
}

const withInitialPassword = {version: 1, accounts: {sign_in: {method: 'initial_password'}}};

test('has its own panel while new accounts sign in with it', () => {
    render(withInitialPassword);

    const panel = within(screen.getByRole('region', {name: 'Initial password for new accounts'}));
    expect(panel.getByRole('textbox')).toHaveValue('x');
    expect(panel.getByText(/^Used only if new accounts sign in with a shared initial password/)).toBeVisible();
});

test('a policy that is stored as text counts as well', () => {
    render(JSON.stringify(withInitialPassword));

    expect(screen.getByRole('textbox')).toHaveValue('x');
});

test.each<[string, PolicyDocument | string]>([
    ['by default', {}],
    ['with single sign-on', {accounts: {sign_in: {method: 'single_sign_on', service: 'office365'}}}],
    ['for a sign-in that no form can show', {accounts: {sign_in: 'initial_password'}}],
    ['for a text that is no policy', '{'],
])('is not there %s', (_, policy) => {
    const {container} = render(policy);

    expect(container).toHaveTextContent(/^$/);
});

test('speaks Korean', () => {
    render(withInitialPassword, {locale: 'ko'});

    expect(screen.getByRole('region', {name: '새 계정의 초기 비밀번호'})).toHaveTextContent('초기 비밀번호로 로그인할 때만');
});
