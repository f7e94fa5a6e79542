declare module '*.css';

/** Webpack's own: where the lazy parts of the bundle are loaded from. */
declare let __webpack_public_path__: string;

interface Window {

    /** Where Mattermost lives below its host, such as '/chat'; set by the web client, '' or absent at the root. */
    basename?: string;
    registerPlugin(id: string, plugin: {initialize(registry: unknown, store: unknown): void}): void;
}
