import {allowing, comeToRest, type Picture} from './picture';
import type {Scene} from '../scene';

/** All users in the company's team, each department in its channel, and the members of a group as admins. */
async function arrangeRules(scene: Scene): Promise<void> {
    const team = {id: await scene.team('hanbit', 'Hanbit')};
    const platform = (await scene.groups()).find(({displayName}) => displayName === 'Platform')?.id;
    const rules = [
        {id: 'company', name: 'Company', who: {everyone: true}, join: [{team}]},
        {
            id: 'departments', name: 'Departments', who: {everyone: true}, for_each: {attribute: 'department'},
            join: [{team, channel: {create: {name: 'dept-{value}', display_name: '{value}'}}}],
        },
        {id: 'leads', name: 'Platform admins', who: {groups: [platform]}, role: 'admin', join: [{team}]},
    ];
    await scene.configure({policy: {...allowing('Kim', '한'), memberships: {rules}}});
    await scene.run('preview');
}

/** The tab Teams and channels. */
export const memberships: Picture[] = [
    {name: 'memberships', tab: 'memberships', arrange: arrangeRules, set: (console) => comeToRest(console), greatestHeight: 1500},
    {
        name: 'memberships_rule',
        tab: 'memberships',
        arrange: arrangeRules,
        set: async (console) => {
            await console.memberships.head(2).click();
            await comeToRest(console, 'unfocused');
        },
        parts: (console) => [console.memberships.card(2)],
        margin: 1,
    },
];
