import {useState, type ComponentType} from 'react';

import type {EditorProps} from '../system_console/policy/editor_props';
import type {PolicyDocument} from '../system_console/policy/policy_document';
import {parsePolicy} from '../sync/policy/parse';

import {renderPage} from './render_page';

export interface EditorOptions {
    saved?: PolicyDocument;
    locale?: string;
    isDisabled?: boolean;
}

/** Renders an editor of a part of the policy as the policy's setting does; `document` of the answer is the document on the screen. */
export function renderEditor(Editor: ComponentType<EditorProps>, document: PolicyDocument, {saved = document, locale = 'en', isDisabled = false}: EditorOptions = {}) {
    const edited = {document};
    function Setting() {
        const [current, setCurrent] = useState(document);
        const change = (changed: PolicyDocument) => {
            edited.document = changed;
            setCurrent(changed);
        };
        return <Editor document={current} {...parsePolicy(current)} saved={saved} isDisabled={isDisabled} onChange={change}/>;
    }
    const submit = () => {
        throw new Error('the console\'s form was sent');
    };
    return Object.assign(edited, renderPage(<form onSubmit={submit}><Setting/></form>, {locale}));
}
