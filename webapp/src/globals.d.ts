declare module '*.css';

interface Window {

    /** Where Mattermost lives below its host, such as '/chat'; set by the web client, '' or absent at the root. */
    basename?: string;
    registerPlugin(id: string, plugin: {initialize(registry: unknown, store: unknown): void}): void;
}
