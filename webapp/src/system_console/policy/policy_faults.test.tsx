/** @jest-environment jsdom */
import {screen} from '@testing-library/react';

import type {Fault} from '../../sync/errors';
import {renderPage} from '../../testing/render_page';

import {PolicyFaults} from './policy_faults';

const faultsOf = (count: number): Fault[] => Array.from({length: count}, (_, index) => (
    {code: 'policy_invalid', path: `Policy.k${index}`, params: {path: `Policy.k${index}`, detail: '', problem: 'unknown_key'}}
));

test('a few faults are shown in full, and only their number is read aloud', () => {
    renderPage(<PolicyFaults faults={faultsOf(20)}/>);

    expect(screen.getAllByRole('listitem')).toHaveLength(20);
    expect(screen.getByRole('status')).toHaveTextContent(/20 errors/);
    expect(screen.getByRole('status')).not.toHaveTextContent('Policy.k0');
});

test.each([['en', 'and 9,980 more'], ['ko', '외 9,980개']])('of very many only the first are shown: %s', (locale, words) => {
    renderPage(<PolicyFaults faults={faultsOf(10_000)}/>, {locale});

    expect(screen.getAllByRole('listitem')).toHaveLength(21);
    expect(screen.getByText(words)).toBeVisible();
});
