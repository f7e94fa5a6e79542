/** @jest-environment jsdom */
import {screen} from '@testing-library/react';

import type {MappedField, MappedPerson} from '../../live/map_person';
import {renderPage} from '../../testing/render_page';

import {FieldResult} from './field_result';
import {MappedSummary} from './mapped_summary';
import type {Mapped} from './use_mapped';

const written = {is_written: true} as MappedField;

function person(change: Partial<MappedPerson>): MappedPerson {
    return {decision: {action: 'update', reason: 'attributes_changed', params: null}, username: 'minsu.kim', fields: [], unread: [], ...change};
}

function render(mapped: Partial<Mapped>, locale = 'en') {
    renderPage(<MappedSummary mapped={{person: null, fault: null, isLoading: false, isFaulty: false, ...mapped}}/>, {locale});
    return screen.getByRole('status');
}

test.each<[string, Partial<MappedPerson>, string]>([
    ['a user who is gone', {decision: null}, 'The last directory read does not include this user.'],
    ['a new account', {decision: {action: 'create', reason: 'new_person', params: null}}, 'This user has no account. A sync creates one with these values.'],
    ['an existing account that is linked', {}, 'A sync links the account @minsu.kim and updates no fields.'],
    ['one field', {fields: [written]}, 'A sync updates 1 field of @minsu.kim.'],
    ['several fields', {fields: [written, written, {} as MappedField]}, 'A sync updates 2 fields of @minsu.kim.'],
    ['a returner', {decision: {action: 'reactivate', reason: 'returned', params: null}, fields: [written]}, 'A sync reactivates the account @minsu.kim and updates 1 field.'],
    ['a leaver', {decision: {action: 'deactivate', reason: 'disabled', params: null}}, 'A sync deactivates the account. Reason: sign-in blocked in the directory.'],
    ['nothing to do', {decision: {action: 'skip', reason: 'up_to_date', params: null}}, 'A sync makes no changes. Reason: account is up to date.'],
    ['a conflict', {decision: {action: 'conflict', reason: 'address_taken', params: {other_username: 'lee'}}},
        'A sync makes no changes. Reason: new email address belongs to another account, lee.'],
])('%s is shown', (_, change, words) => {
    expect(render({person: person(change)})).toHaveTextContent(words);
});

test('what is in progress, and what is unknown, is shown', () => {
    expect(render({isLoading: true})).toHaveTextContent('Loading…');
});

test('Korean as well', () => {
    expect(render({person: person({fields: [written], unread: ['city']})}, 'ko')).toHaveTextContent('동기화하면 @minsu.kim 계정의 필드 1개를 업데이트합니다.');
    expect(screen.getByText(/아직 읽지 않은 속성 1개/)).toHaveTextContent('city');
});

const field: MappedField = {field: 'nickname', now: 'Minsu', made: 'Kim Minsu', after: 'Minsu', is_written: false, is_shortened: false, refused: '', fault: ''};

test.each<[Partial<MappedField>, string]>([
    [{after: 'Kim Minsu', is_written: true}, 'Minsu Kim Minsu'],
    [{after: 'Kim', is_written: true, is_shortened: true}, 'Minsu Kimshortened'],
    [{now: null, after: 'Kim', is_written: true}, /^Kim$/ as never],
    [{made: '', after: '', is_written: true}, 'Minsu empty'],
    [{now: null, made: '', after: null}, 'empty'],
    [{made: 'Minsu'}, 'MinsuUnchanged'],
    [{}, 'MinsuNot applied: Kim Minsu'],
    [{made: null}, 'MinsuUnchanged: not read yet'],
    [{field: 'email', now: null, made: 'x', fault: 'invalid_email'}, 'email address not accepted by Mattermost: x'],
    [{field: 'email', now: null, made: '', fault: 'no_email'}, 'no email address in the directory'],
    [{field: 'timezone', now: '', made: '', refused: 'Seoul'}, 'emptyMattermost does not accept Seoul'],
])('the result %j is shown as %s', (change, words) => {
    const {container} = renderPage(<FieldResult result={{...field, ...change}}/>);

    expect(container).toHaveTextContent(words);
});
