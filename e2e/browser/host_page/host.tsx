/**
 * Replaces Mattermost's web client, which is not in the server's Go module. It gives the plugin what the System
 * Console gives a plugin, and nothing more. The real server serves it, with its own content security policy.
 */
import './place';
import './globals';
import 'bootstrap/dist/css/bootstrap.css';
import './themes.css';
import './frame.css';
import './client.css';

import {useCallback, useEffect, useState} from 'react';
import {createRoot} from 'react-dom/client';
import {IntlProvider} from 'react-intl';
import {Provider} from 'react-redux';

import {AdminConsole} from './admin_console';
import {hostMessages} from './messages';
import {locale, pluginId, theme} from './place';
import type {PluginRegistry} from './plugin_registry';
import {startReporter} from './reporter';
import {client, openPlugin, type OpenPlugin} from './server';
import {Sidebar} from './sidebar';
import {SignIn} from './sign_in';
import {store} from './store';
import {Text} from './text';

type State = {name: 'loading' | 'signed_out'} | {name: 'open'; plugin: OpenPlugin} | {name: 'failed'; message: string};

function Host() {
    const [state, setState] = useState<State>({name: 'loading'});
    const open = useCallback(() => {
        const replace = (registry: PluginRegistry) => setState((old) => (old.name === 'open' ? {...old, plugin: {...old.plugin, registry}} : old));
        return openPlugin(pluginId, replace).then(
            (plugin) => setState({name: 'open', plugin}),
            (error: Error) => setState({name: 'failed', message: error.message}),
        );
    }, []);
    useEffect(() => {
        client.getMe().then(open, () => setState({name: 'signed_out'}));
    }, [open]);

    return (
        <Provider store={store}>
            <IntlProvider locale={locale} messages={hostMessages(locale)}>
                {state.name === 'loading' && <p role='status'><Text id='host.loading'/></p>}
                {state.name === 'signed_out' && <SignIn onSignedIn={open}/>}
                {state.name === 'failed' && <p role='alert'>{state.message}</p>}
                {state.name === 'open' && (
                    <div className='console__root'>
                        <Sidebar name={state.plugin.manifest.name}/>
                        <AdminConsole plugin={state.plugin}/>
                    </div>
                )}
            </IntlProvider>
        </Provider>
    );
}

document.documentElement.lang = locale;
document.documentElement.dataset.theme = theme;
startReporter();
createRoot(document.getElementById('root') as HTMLElement).render(<Host/>);
