import type {FormEvent} from 'react';
import {useIntl} from 'react-intl';

import {PlainSetting} from './plain_setting';
import {Section} from './section';
import type {OpenPlugin} from './server';
import {Text, text} from './text';
import {useConfig, type ConsoleConfig} from './use_config';

/** The frame of the System Console around a plugin's settings, with its Save button. */
export function AdminConsole({plugin}: {plugin: OpenPlugin}) {
    const config = useConfig(plugin);
    const {manifest, registry} = plugin;
    const submit = (event: FormEvent) => {
        event.preventDefault();
        void config.save();
    };
    return (
        <div className='admin-console'>
            <div className='wrapper--fixed'>
                <div className='admin-console__header'><h1>{manifest.name}</h1></div>
                <form className='form-horizontal' role='form' onSubmit={submit}>
                    <div className='admin-console__wrapper'>
                        <div className='admin-console__content'>
                            <EnableSetting config={config}/>
                            {manifest.settings_schema?.sections?.map((section) => (
                                <Section key={section.key} section={section} registry={registry} config={config}/>
                            ))}
                        </div>
                    </div>
                    <div className='admin-console-save'>
                        <button type='submit' className='btn btn-primary' disabled={!config.isSaveNeeded}><Text id='host.save'/></button>
                        <div className='error-message' role='alert'>{config.fault}</div>
                    </div>
                </form>
            </div>
        </div>
    );
}

/** The console's switch for the plugin, in a section before the plugin's. */
function EnableSetting({config}: {config: ConsoleConfig}) {
    const intl = useIntl();
    return (
        <div className='config-section'>
            <PlainSetting
                id={config.enableId}
                type='bool'
                label={text(intl, 'host.enable')}
                helpText={text(intl, 'host.enable_help')}
                value={config.isEnabled}
                disabled={!config.mayWrite}
                setByEnv={false}
                onChange={config.change}
            />
        </div>
    );
}
