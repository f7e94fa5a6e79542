import {cloneElement, Fragment, useContext, type ReactElement} from 'react';
import {FormattedMessage, useIntl, type IntlShape} from 'react-intl';

import type {MessageId} from '../../i18n/message_id';
import {isMasked} from '../../sync/settings/descriptors';
import {isBoolSetting, type SettingKey} from '../../sync/settings/keys';
import {CopyButton} from '../widgets/copy_button';
import {FaultNotice} from '../widgets/fault_notice';

import {BelowSetting} from './below_setting';
import {BoolSetting} from './bool_setting';
import {SettingFaultsContext} from './setting_faults';
import type {PlainSettingProps, PlainSettings} from './settings';
import {useFocusOfPlace} from './use_focus_of_place';

/** Some of the console's own settings, with their names and explanations in the reader's language: those of plugin.json are English only. */
export function SettingList({settings, keys}: {settings: PlainSettings; keys: readonly SettingKey[]}) {
    const intl = useIntl();
    const faults = useContext(SettingFaultsContext);
    useFocusOfPlace((focus) => (isOneOf(keys, focus) ? document.getElementById(settings.get(focus)?.props.id ?? '') : null));
    return (
        <div>
            {keys.map((key) => {
                const setting = settings.get(key);
                return setting && (
                    <Fragment key={key}>
                        {elementOf(key, setting, wordsOf(intl, key, setting.props))}
                        {isNewToken(key, setting.props) && <NewToken token={String(setting.props.value)}/>}
                        <BelowSetting role='status'>
                            {faults.get(key)?.map((fault, at) => <FaultNotice key={at} fault={fault} isUrgent={false} isAtField={true}/>)}
                        </BelowSetting>
                    </Fragment>
                );
            })}
        </div>
    );
}

/** A token that was generated on this page: it can be read until the page is left. */
function isNewToken(key: SettingKey, {value}: PlainSettingProps): boolean {
    return key === 'TriggerToken' && typeof value === 'string' && value !== '' && !isMasked(value);
}

function NewToken({token}: {token: string}) {
    return (
        <BelowSetting>
            <p><FormattedMessage id='entrasync.token.copy_now'/></p>
            <CopyButton key={token} text={token}><FormattedMessage id='entrasync.token.copy'/></CopyButton>
        </BelowSetting>
    );
}

function isOneOf(keys: readonly SettingKey[], focus: string): focus is SettingKey {
    return (keys as readonly string[]).includes(focus);
}

/** The console's own element, except for settings that plugin.json cannot describe as what they are. */
function elementOf(key: SettingKey, setting: ReactElement<PlainSettingProps>, words: Partial<PlainSettingProps>): ReactElement {
    return isBoolSetting(key) ? <BoolSetting {...setting.props} {...words}/> : cloneElement(setting, words);
}

function wordsOf(intl: IntlShape, key: SettingKey, {values, regenerateHelpText}: PlainSettingProps): Partial<PlainSettingProps> {
    const words = {
        label: message(intl, `entrasync.setting.${key}`),
        helpText: message(intl, `entrasync.setting_help.${key}`),
        ...(regenerateHelpText ? {regenerateHelpText: message(intl, `entrasync.setting_regenerate.${key}`)} : {}),
    };
    return values ? {...words, values: values.map(({text, value}) => ({text: message(intl, `entrasync.option.${key}.${value}`) || text, value}))} : words;
}

function message(intl: IntlShape, id: string): string {
    return id in intl.messages ? intl.formatMessage({id: id as MessageId}) : '';
}
