import * as v from 'valibot';

import {runSchema} from '../answers';
import {pluginId} from '../manifest';
import type {WebSocketMessage} from '../registry';

import {runReceived, type RunReceived} from './actions';

/** Sent to administrators when a run starts, moves on and ends. */
export const runEvent = `custom_${pluginId}_run`;

/** The event carries the run as JSON text, so that Mattermost passes it on unchanged. */
const eventSchema = v.looseObject({run: v.pipe(v.string(), v.parseJson(), runSchema)});

/** The action for an event, or null for an event that this version cannot read; the next poll makes up for it. */
export function actionOfRunEvent(message: WebSocketMessage): RunReceived | null {
    const checked = v.safeParse(eventSchema, message.data);
    return checked.success ? runReceived(checked.output.run) : null;
}
