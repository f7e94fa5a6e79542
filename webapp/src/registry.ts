import type {ComponentType, ReactNode} from 'react';
import type {Reducer} from 'redux';

/** What the System Console gives the component of a setting of type `custom`. */
export interface CustomSettingProps {
    id: string;
    label?: ReactNode;
    helpText?: ReactNode;

    /** As stored, or as last given to `onChange`. */
    value: unknown;
    disabled: boolean;

    /** An environment variable sets the value, so the console cannot. */
    setByEnv: boolean;
    onChange(id: string, value: unknown): void;
    setSaveNeeded(): void;

    /** The server's configuration as it was when the console read or saved it last; secrets are masked. */
    config?: {PluginSettings?: {Plugins?: Record<string, Record<string, unknown> | undefined>}};

    /** Called after the console has tried to save, whether it could or not; an error leaves the page unsaved. */
    registerSaveAction?(action: SaveAction): void;
    unRegisterSaveAction?(action: SaveAction): void;
}

export type SaveAction = () => Promise<{error?: {message?: string}}>;

/** What the System Console gives the component of a section with `custom: true`. */
export interface CustomSectionProps {

    /** The section's settings, ready to show. */
    settingsList: ReactNode[];
    sectionTitle: string;
    sectionDescription?: string;
}

/** A websocket event; events of a plugin carry what its server part sent. */
export interface WebSocketMessage {
    event: string;
    data: unknown;
}

/** The part of the web client's plugin registry that we use. */
export interface Registry {
    registerAdminConsoleCustomSection(key: string, component: ComponentType<CustomSectionProps>): void;
    registerAdminConsoleCustomSetting(key: string, component: ComponentType<CustomSettingProps>, options?: {showTitle: boolean}): void;
    registerReducer(reducer: Reducer): void;
    registerWebSocketEventHandler(event: string, handler: (message: WebSocketMessage) => void): void;
}
