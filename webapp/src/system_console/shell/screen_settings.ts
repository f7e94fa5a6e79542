import {createContext} from 'react';

import type {PlainSettings} from '../frame/settings';

/** All settings as they stand on the screen, perhaps not saved yet. */
export const ScreenSettings = createContext<PlainSettings>(new Map());
