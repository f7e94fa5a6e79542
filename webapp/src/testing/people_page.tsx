import {act} from '@testing-library/react';
import {useState} from 'react';

import PeopleEditor from '../components/system_console/people/people_editor';
import type {PolicyDocument} from '../components/system_console/policy/policy_document';
import {knownAt} from '../live/known';
import {parsePolicy} from '../sync/policy/parse';

import {renderPage} from './render_page';

interface Options {
    saved?: PolicyDocument;
    locale?: string;
    isDisabled?: boolean;
}

/** The People tab over a document that a console would keep; `page.document` is what would be saved. */
export async function renderPeople(initial: PolicyDocument, {saved = initial, locale = 'en', isDisabled = false}: Options = {}) {
    const page = {document: initial};
    function Console() {
        const [document, setDocument] = useState(initial);
        const change = (changed: PolicyDocument) => {
            page.document = changed;
            setDocument(changed);
        };
        return <PeopleEditor document={document} {...parsePolicy(document)} saved={saved} isDisabled={isDisabled} onChange={change}/>;
    }
    const submit = () => {
        throw new Error('the console\'s form was sent');
    };
    return act(async () => Object.assign(page, renderPage(<form onSubmit={submit}><Console/></form>, {locale})));
}

let rounds = 0;

/** Makes the worker, which outlives a test, forget what it knows. */
export function forgetLive(): void {
    knownAt(`round ${++rounds}`);
}
