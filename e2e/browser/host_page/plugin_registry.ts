import type {ComponentType} from 'react';
import type {Reducer} from 'redux';

import type {CustomSectionProps, CustomSettingProps, Registry, WebSocketMessage} from '../../../webapp/src/registry';

import {addReducer} from './store';

interface CustomSetting {
    component: ComponentType<CustomSettingProps>;
    showTitle: boolean;
}

/** What one plugin has registered. Keys of settings and sections are compared without case, as in the console. */
export class PluginRegistry implements Registry {
    private readonly sections = new Map<string, ComponentType<CustomSectionProps>>();
    private readonly settings = new Map<string, CustomSetting>();
    private readonly eventHandlers = new Map<string, (message: WebSocketMessage) => void>();

    constructor(private readonly pluginId: string) {}

    registerAdminConsoleCustomSection(key: string, component: ComponentType<CustomSectionProps>): void {
        this.sections.set(key.toLowerCase(), component);
    }

    registerAdminConsoleCustomSetting(key: string, component: ComponentType<CustomSettingProps>, {showTitle} = {showTitle: false}): void {
        this.settings.set(key.toLowerCase(), {component, showTitle});
    }

    registerReducer(reducer: Reducer): void {
        addReducer(`plugins-${this.pluginId}`, reducer);
    }

    registerWebSocketEventHandler(event: string, handler: (message: WebSocketMessage) => void): void {
        this.eventHandlers.set(event, handler);
    }

    sectionOf(key: string): ComponentType<CustomSectionProps> | undefined {
        return this.sections.get(key.toLowerCase());
    }

    settingOf(key: string): CustomSetting | undefined {
        return this.settings.get(key.toLowerCase());
    }

    handle(message: WebSocketMessage): void {
        this.eventHandlers.get(message.event)?.(message);
    }
}
