import {createContext} from 'react';

import type {StatusAnswer} from '../../answers';
import type {Fault} from '../../sync/errors';
import {checkEach, type Settings} from '../../sync/settings/check';
import {descriptors, isMasked, type SettingKey} from '../../sync/settings/descriptors';

import {savedSettingsOf, textOfSetting, type PlainSettings} from './settings';

/** What is wrong with the settings on the screen, by setting. */
export type SettingFaults = ReadonlyMap<SettingKey, readonly Fault[]>;

/** For the fields of the settings. */
export const SettingFaultsContext = createContext<SettingFaults>(new Map());

/** The tab of the schedule asks the server about these while they are edited. */
const askedElsewhere: readonly string[] = ['Schedule', 'TimeZone', 'Policy'];

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The faults of the settings on the screen, found by the code that the server runs. What only the server can check is taken from
 * its status, for values that are saved.
 */
export function faultsOnScreen(settings: PlainSettings, status: StatusAnswer | null, isUnsaved: boolean): SettingFaults {
    const saved = savedSettingsOf(settings) ?? {};
    const isSaved = (key: SettingKey) => !isUnsaved || textOf(saved[key.toLowerCase()]) === textOfSetting(settings, key);
    const known: readonly Fault[] = status?.faults ?? [];
    const found = checkEach(factsOnScreen(settings, saved)).faults.filter(({code, path}) => (

        // An empty field is a fault once it is saved empty, or emptied: not while a user fills one field after the other.
        code !== 'setting_missing' || known.some((fault) => fault.code === code && fault.path === path) || (saved[path?.toLowerCase() ?? ''] ?? '') !== ''
    ));
    return new Map(descriptors.filter(({key}) => !askedElsewhere.includes(key) && settings.has(key)).map(({key}) => {
        const own = found.filter(({path}) => path === key);
        return [key, own.length === 0 && isSaved(key) ? known.filter(({code, path}) => path === key && isOfServer(code)) : own];
    }));
}

/** What the page cannot check itself. */
function isOfServer(code: Fault['code']): boolean {
    return code === 'certificate_invalid' || code === 'initial_password_weak' || code === 'secret_masked' || code === 'setting_invalid';
}

/** A value that is hidden is not checked again. */
function factsOnScreen(settings: PlainSettings, saved: Record<string, unknown>): Settings {
    const value = (key: SettingKey) => textOfSetting(settings, key);
    const isHidden = (key: SettingKey) => value(key) !== '' && value(key) === textOf(saved[key.toLowerCase()]);
    const fresh = (key: SettingKey) => (isHidden(key) ? '' : value(key).trim());
    const facts = Object.fromEntries(descriptors.map((descriptor) => {
        const text = value(descriptor.key);
        return 'is_secret' in descriptor ? [`has_${descriptor.fact}`, text.trim() !== ''] : [descriptor.fact, factOf(descriptor, text)];
    }));
    return {
        ...facts as unknown as Settings,
        policy: settings.get('Policy')?.props.value as string | object ?? '',
        client_secret_is_uuid: uuid.test(fresh('ClientSecret')),
        certificate_error: '',
        schedule_error: '',
        time_zone_error: '',
        initial_password_error: '',
        masked_secrets: descriptors.filter((descriptor) => 'is_secret' in descriptor && isMasked(fresh(descriptor.key))).map(({key}) => key),
        trigger_token_length: isHidden('TriggerToken') ? Infinity : fresh('TriggerToken').length,
        webhook_url: fresh('WebhookUrl'),
        database_driver: '',
    };
}

function factOf(descriptor: typeof descriptors[number], text: string): string | number | boolean {
    switch (descriptor.type) {
    case 'bool':
        return text === 'true';
    case 'number':
        return Number(text) || 0;
    default:
        return text.trim() || ('default' in descriptor ? descriptor.default : '');
    }
}

function textOf(value: unknown): string {
    return value === undefined || value === null ? '' : String(value);
}
