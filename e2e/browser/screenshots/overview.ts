import type {Scene} from '../scene';

import {allowing, comeToRest, everyone, loseEight, type Picture} from './picture';

/** The years take seconds here, so the brakes stay off. */
const guard = {creations: {more_than: 1000}, reactivations: {more_than: 1000, max_percent: 100}, deactivations: {more_than: 1000, max_percent: 100}, window_hours: 0};

/** Some syncs in which users join and leave, for the chart. */
async function rememberYears(scene: Scene): Promise<void> {
    for (const names of [['Kim'], ['Kim', '한'], ['Kim', '한', 'Rossi', 'Silva'], ['Kim', '한'], ['Kim', '한', 'Rossi']]) {
        await scene.configure({policy: {...allowing(...names), guard}});
        await scene.run('apply');
    }
}

/** A schedule that runs every minute has failed within this time, in ms. */
const failing = 150_000;

/** The tab Overview. */
export const overview: Picture[] = [
    {name: 'overview', tab: 'overview', arrange: rememberYears, set: (console) => comeToRest(console), greatestHeight: 1600},
    {
        name: 'setup_line',
        settings: {enabled: false},
        tab: 'overview',
        set: (console) => comeToRest(console),
        parts: (console) => [console.setup],
    },
    {
        name: 'chart_as_table',
        tab: 'overview',
        set: async (console) => {
            await console.page.getByRole('button', {name: console.words('entrasync.recent.as_table')}).click();
            await comeToRest(console, 'unfocused');
        },
        parts: (console) => [console.page.getByRole('region', {name: console.words('entrasync.recent.title')})],
    },
    {name: 'dark', visit: {theme: 'onyx'}, tab: 'overview', set: (console) => comeToRest(console), greatestHeight: 1600},
    {
        name: 'secret_expires',
        tab: 'overview',
        arrange: async (scene) => {
            await scene.expireSecret(12);
            await scene.configure({schedule: '0 4 * * *'}); // the plugin asks only once an hour while settings do not change
        },
        set: (console) => comeToRest(console),
        parts: (console) => [console.page.getByRole('region', {name: console.words('entrasync.attention.title')})],
    },
    {
        name: 'quarantine',
        settings: {schedule: '* * * * *', clientsecret: 'not-the-secret'},
        tab: 'overview',
        arrange: (scene) => scene.waitForQuarantine(failing),
        set: (console) => comeToRest(console),
        greatestHeight: 680,
    },
    {
        name: 'attention',
        settings: everyone,
        tab: 'overview',
        arrange: async (scene) => {
            await loseEight(scene);
            await scene.run('apply');
        },
        set: (console) => comeToRest(console),
        greatestHeight: 1000,
    },
];
