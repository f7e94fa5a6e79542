import type {Scene} from '../scene';

import {comeToRest, type Picture} from './picture';

/** An account whose role can view the console and cannot change anything. */
const asReader = async (scene: Scene) => ({account: await scene.createReader()});

/** The page for accounts that are not system administrators. */
export const readers: Picture[] = [
    {name: 'no_permission', tab: 'overview', arrange: asReader, set: (console) => comeToRest(console), greatestHeight: 900},
    {name: 'read_only', tab: 'users', arrange: asReader, set: (console) => comeToRest(console), greatestHeight: 760},
];
