import {crowd} from '../company';

import {allowing, comeToRest, everyone, loseEight, type Picture} from './picture';

/** The plan of a preview, and applying it. */
export const plans: Picture[] = [
    {
        name: 'preview',
        set: async (console) => {
            await console.run.perform('preview');
            await console.changes.rows.first().waitFor();
        },
        parts: (console) => [console.run.root, console.changes.root],
    },
    {
        name: 'details',
        set: async (console) => {
            await console.changes.rows.first().click();
            await console.changes.details.waitFor();
        },
        parts: (console) => [console.changes.details],
    },
    {
        name: 'none_match',
        set: async (console) => {
            await console.changes.rows.first().waitFor();
            await console.changes.chip('action', 'create').click();
            await console.changes.search.fill('Schmidt');
            await console.changes.root.getByText(console.words('entrasync.changes.none_match')).waitFor();
        },
        parts: (console) => [console.changes.root],
    },
    {
        name: 'apply_question',
        set: async (console) => {
            await console.changes.rows.first().waitFor();
            await console.changes.applyButton.click();
        },
        parts: (console) => [console.changes.root],
        greatestHeight: 760,
    },
    {
        name: 'conflict',
        settings: {policy: allowing('Lars Holm', 'Ida Berg')},
        set: async (console) => {
            await console.run.perform('preview');
            await console.changes.rows.first().click();
            await console.changes.details.waitFor();
        },
        parts: (console) => [console.changes.details],
    },
    {
        name: 'nothing_to_change',
        settings: {policy: allowing('Minjun Kim')},
        arrange: async (scene) => {
            await scene.run('apply');
        },
        set: async (console) => {
            await console.run.perform('preview');
            await console.changes.root.getByText(console.words('entrasync.changes.empty')).waitFor();
        },
        parts: (console) => [console.run.root, console.changes.root],
    },
    {
        name: 'typed_count',
        settings: everyone,
        arrange: async (scene) => {
            await loseEight(scene);
            const married = (await scene.people()).find(({mail}) => mail.startsWith('haruto.kimura@'));
            await scene.change(married ? [married] : [], {mail: 'haruto.sato@hanbit.example'});
        },
        set: async (console) => {
            await console.run.perform('preview');
            await console.changes.rows.first().waitFor();
            await console.changes.applyButton.click();
            await console.changes.root.locator('.EntraSync__question input').fill('7');
        },
        parts: (console) => [console.run.root, console.changes.root],
        greatestHeight: 820,
    },
    {
        name: 'running',
        set: async (console, scene) => {
            await scene.replacePeople(crowd(3500));
            await scene.setFault({match: 'users', kind: 'slow', skip: 2, delay_ms: 60_000});
            await console.run.applyButton.click();
            await console.run.root.getByText('1,998').first().waitFor();
            await comeToRest(console);
        },
        parts: (console) => [console.run.root],
    },
];
