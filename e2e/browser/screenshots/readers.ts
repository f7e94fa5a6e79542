import type {Scene} from '../scene';

import {comeToRest, type Picture} from './picture';

/** Somebody whose role lets them look at the console and change nothing. */
const asReader = async (scene: Scene) => ({account: await scene.createReader()});

/** The page for those who are no system administrators. */
export const readers: Picture[] = [
    {name: 'no_permission', tab: 'overview', arrange: asReader, set: (console) => comeToRest(console), greatestHeight: 900},
    {name: 'read_only', tab: 'users', arrange: asReader, set: (console) => comeToRest(console), greatestHeight: 760},
];
