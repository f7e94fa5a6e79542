import {pluginId} from './manifest';

/**
 * Where the parts of the bundle are that are loaded when they are first needed: the server unpacks the folder of the
 * plugin's bundle there (UnpackWebappBundle of Mattermost's plugin environment). Import this before anything else.
 */
__webpack_public_path__ = `${window.basename ?? ''}/static/plugins/${pluginId}/`;
