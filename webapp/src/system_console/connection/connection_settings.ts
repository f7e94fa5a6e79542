import type {Credential, SettingKey} from '../../sync/settings/descriptors';
import {keysOf} from '../../sync/settings/keys';
import {savedSettingsOf, textOfSetting, type PlainSettings} from '../frame/settings';

/** The credential that is chosen on the screen; the console has no value before the first save. */
function credentialOf(settings: PlainSettings): Credential {
    return (textOfSetting(settings, 'Credential') || 'secret') as Credential;
}

/** The saved credential. The known expiry belongs to it, not to what is selected on the screen. */
export function savedCredentialOf(settings: PlainSettings): Credential {
    const saved = savedSettingsOf(settings);
    return saved ? (saved.credential || 'secret') as Credential : credentialOf(settings);
}

/** The settings that apply to what is selected on the screen. */
export function settingsInUse(settings: PlainSettings): SettingKey[] {
    const credential = credentialOf(settings);
    const isCustomCloud = textOfSetting(settings, 'Cloud') === 'custom';
    const isUsed: Partial<Record<SettingKey, boolean>> = {
        ClientSecret: credential === 'secret',
        ClientCertificate: credential === 'certificate',
        LoginUrl: isCustomCloud,
        GraphUrl: isCustomCloud,
    };
    return keysOf('connection').filter((key) => isUsed[key] ?? true);
}
