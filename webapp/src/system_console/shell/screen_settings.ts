import {createContext} from 'react';

import type {PlainSettings} from '../frame/settings';

/** All settings as shown on the screen, possibly not saved yet. */
export const ScreenSettings = createContext<PlainSettings>(new Map());
