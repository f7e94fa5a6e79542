import * as v from 'valibot';

import {runSchema} from '../answer_schemas';
import {pluginId} from '../manifest';
import type {WebSocketMessage} from '../registry';

import {runReceived, settingsChanged, type RunReceived, type SettingsChanged} from './actions';

/** Sent to administrators when a run starts, moves on and ends. */
export const runEvent = `custom_${pluginId}_run`;

/** Sent to administrators when the plugin's settings have changed. */
export const settingsEvent = `custom_${pluginId}_settings`;

/** The event carries the run as JSON text, so that Mattermost passes it on unchanged. */
const runEventSchema = v.looseObject({run: v.pipe(v.string(), v.parseJson(), runSchema)});

const settingsEventSchema = v.looseObject({revision: v.string()});

/** The action for an event, or null for an event that this version cannot read; the next poll makes up for it. */
export function actionOfRunEvent(message: WebSocketMessage): RunReceived | null {
    const checked = v.safeParse(runEventSchema, message.data);
    return checked.success ? runReceived(checked.output.run) : null;
}

/** As above; saving looks at the stored settings in any case. */
export function actionOfSettingsEvent(message: WebSocketMessage): SettingsChanged | null {
    const checked = v.safeParse(settingsEventSchema, message.data);
    return checked.success ? settingsChanged(checked.output.revision) : null;
}
