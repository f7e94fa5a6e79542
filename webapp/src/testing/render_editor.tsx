import {useState, type ComponentType} from 'react';

import type {EditorProps} from '../components/system_console/policy/editors';
import type {PolicyDocument} from '../components/system_console/policy/policy_document';
import {parsePolicy} from '../sync/policy/parse';

import {renderPage} from './render_page';

/** Renders an editor of a part of the policy as the policy's setting does; `edited.document` is the document as it stands on the screen. */
export function renderEditor(Editor: ComponentType<EditorProps>, document: PolicyDocument, {locale = 'en', isDisabled = false} = {}) {
    const edited = {document};
    function Setting() {
        const [current, setCurrent] = useState(document);
        const change = (changed: PolicyDocument) => {
            edited.document = changed;
            setCurrent(changed);
        };
        return <Editor document={current} {...parsePolicy(current)} saved={document} isDisabled={isDisabled} onChange={change}/>;
    }
    renderPage(<Setting/>, {locale});
    return edited;
}
