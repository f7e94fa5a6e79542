import {useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {CustomSettingProps} from '../../registry';
import {parsePolicy} from '../../sync/policy/parse';

import {Notice} from './notice';
import {Panel} from './panel';
import {documentOf, formOf, textOf, withForm, type PolicyForm as Form} from './policy_document';
import {PolicyFaults} from './policy_faults';
import {PolicyForm} from './policy_form';
import {PolicyText} from './policy_text';

/**
 * The `Policy` setting: who is synced and how new accounts sign in. A form, or the document's text:
 * the text is the only way to repair a document that the form cannot show.
 */
export function PolicySetting({id, value, disabled, setByEnv, onChange, setSaveNeeded}: CustomSettingProps) {
    const document = documentOf(value);
    const form = document && formOf(document);
    const [isTextChosen, setIsTextChosen] = useState(form === null);
    const isDisabled = disabled || setByEnv;
    const {faults} = parsePolicy(document ?? String(value));

    const change = (changed: unknown) => {
        onChange(id, changed);
        setSaveNeeded();
    };
    return (
        <Panel
            title={<FormattedMessage id='entrasync.policy.title'/>}
            description={<FormattedMessage id='entrasync.policy.description'/>}
            actions={<ModeButton isText={isTextChosen || !form} canShowForm={form !== null} onChoose={setIsTextChosen}/>}
        >
            {setByEnv && <Notice kind='info' title={<FormattedMessage id='entrasync.policy.set_by_env'/>}/>}
            <PolicyFaults faults={faults}/>
            {document && form && !isTextChosen ? (
                <PolicyForm
                    form={form}
                    faults={faults}
                    isDisabled={isDisabled}
                    onChange={(changed: Partial<Form>) => change(withForm(document, changed))}
                />
            ) : (
                <PolicyText initialText={textOf(value)} isDisabled={isDisabled} hasFaults={faults.length > 0} onChange={(text) => change(documentOf(text) ?? text)}/>
            )}
        </Panel>
    );
}

function ModeButton({isText, canShowForm, onChoose}: {isText: boolean; canShowForm: boolean; onChoose(isText: boolean): void}) {
    const intl = useIntl();
    return (
        <button type='button' className='btn btn-tertiary' disabled={isText && !canShowForm} onClick={() => onChoose(!isText)}>
            {intl.formatMessage({id: isText ? 'entrasync.policy.show_form' : 'entrasync.policy.show_text'})}
        </button>
    );
}
