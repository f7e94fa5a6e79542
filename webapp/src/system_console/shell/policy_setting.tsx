import {useEffect, useMemo, useState, type ComponentType} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';
import {useSelector} from 'react-redux';

import {pluginId} from '../../manifest';
import type {CustomSettingProps, SaveAction} from '../../registry';
import type {Tab} from '../../store/place';
import {hasUnsavedSettings} from '../../store/selectors';
import {parsePolicy} from '../../sync/policy/parse';
import {lazyInPage} from '../widgets/lazy_in_page';
import {Notice} from '../widgets/notice';
import {Panel} from '../widgets/panel';
import {usePlace} from '../frame/use_place';

import type {EditorProps} from '../policy/editor_props';
import {documentOf, textOf} from '../policy/policy_document';
import {PolicyFaults} from '../policy/policy_faults';
import {PolicyText} from '../policy/policy_text';
import {useShownFaults} from '../policy/use_shown_faults';
import {SettingsChangedNotice} from './settings_changed_notice';
import {useSaveGuard} from './use_save_guard';

type PolicyTab = Extract<Tab, 'users' | 'mapping' | 'memberships' | 'lifecycle'>;

/** The editors of the tabs; each is loaded when its tab is first opened. */
const editors: Record<PolicyTab, ComponentType<EditorProps>> = {
    users: lazyInPage(() => import('../users/users_editor')),
    mapping: lazyInPage(() => import('../mapping/mapping_editor')),
    memberships: lazyInPage(() => import('../memberships/memberships_editor')),
    lifecycle: lazyInPage(() => import('../lifecycle/lifecycle_editor')),
};

function isPolicyTab(tab: Tab): tab is PolicyTab {
    return tab in editors;
}

/**
 * The `Policy` setting: who is synced, how, and within which limits. Each tab has an editor for its part; the document's
 * text is there on all of them, and the only way to repair a document that no editor can show.
 */
export function PolicySetting(props: CustomSettingProps) {
    const {place: {tab}} = usePlace();
    const {foreign, overwrite, takeOver} = useSaveGuard(props);
    const isUnsaved = useSelector(hasUnsavedSettings);
    return (
        <>
            {foreign && <SettingsChangedNotice keys={foreign} onOverwrite={overwrite} onTakeOver={isUnsaved ? takeOver : null}/>}
            {isPolicyTab(tab) && <PolicyPart {...props} tab={tab}/>}
        </>
    );
}

function PolicyPart({tab, id, value, disabled, setByEnv, onChange, setSaveNeeded, config, ...console}: CustomSettingProps & {tab: PolicyTab}) {
    const {registerSaveAction, unRegisterSaveAction} = console;
    const document = useMemo(() => documentOf(value), [value]);
    const [isTextChosen, setIsTextChosen] = useState(document === null);
    const isDisabled = disabled || setByEnv;
    const {policy, faults: found} = useMemo(() => parsePolicy(document ?? String(value)), [document, value]);
    const isForm = document !== null && !isTextChosen;
    const {faults, showAll, onBlur} = useShownFaults(found, isForm);
    useEffect(() => {
        const showFaults: SaveAction = async () => {
            showAll();
            return {};
        };
        registerSaveAction?.(showFaults);
        return () => unRegisterSaveAction?.(showFaults);
    }, [registerSaveAction, showAll, unRegisterSaveAction]);
    const saved = documentOf(config?.PluginSettings?.Plugins?.[pluginId]?.policy) ?? {};
    const Editor = editors[tab];

    const change = (changed: unknown) => {
        onChange(id, changed);
        setSaveNeeded();
    };
    return (
        <Panel
            title={<FormattedMessage id={`entrasync.policy.${tab}_title`}/>}
            description={<FormattedMessage id={`entrasync.policy.${tab}_description`}/>}
            actions={<ModeButton isText={isTextChosen || !document} canShowForm={document !== null} onChoose={setIsTextChosen}/>}
        >
            {setByEnv && <Notice kind='info' title={<FormattedMessage id='entrasync.policy.set_by_env'/>}/>}
            <PolicyFaults faults={faults}/>
            {isForm ? (
                <div onBlur={onBlur}>
                    <Editor document={document} policy={policy} saved={saved} faults={faults} isDisabled={isDisabled} onChange={change}/>
                </div>
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
