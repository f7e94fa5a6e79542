/** As in plugin.json; names our routes, our part of the store and our websocket events. */
export const pluginId = 'entrasync';
