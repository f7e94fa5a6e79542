import {act} from '@testing-library/react';

import PeopleEditor from '../system_console/users/users_editor';
import type {PolicyDocument} from '../system_console/policy/policy_document';
import {serverAnswersAt} from '../live/server_answers';

import {renderEditor, type EditorOptions} from './render_editor';

/** The People tab over a document that a console would keep; `page.document` is what would be saved. */
export async function renderPeople(initial: PolicyDocument, options: EditorOptions = {}) {
    return act(async () => renderEditor(PeopleEditor, initial, options));
}

let rounds = 0;

/** Makes the worker, which outlives a test, forget what it knows. */
export function forgetLive(): void {
    serverAnswersAt(`round ${++rounds}`);
}
