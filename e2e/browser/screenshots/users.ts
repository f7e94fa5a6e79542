import {allowing, comeToRest, type Picture} from './picture';

/** Lists and rules that work together. */
const ruled = {
    version: 1,
    scope: {
        allow: {display_name_contains: ['Kim', '한']},
        rules: [
            {name: 'No contractors', effect: 'deny', when: {attribute: 'displayName', operator: 'contains', value: '(Contractor)'}},
            {name: 'Platform', effect: 'allow', when: {all: [{attribute: 'department', operator: 'equals', value: 'Platform'}, {attribute: 'accountEnabled', operator: 'equals', value: 'true'}]}},
        ],
    },
};

/** A rule with nested conditions. */
const nested = {
    version: 1,
    scope: {
        rules: [{
            name: 'Platform, Seoul and Berlin',
            effect: 'allow',
            when: {all: [
                {attribute: 'department', operator: 'one_of', values: ['Platform', '플랫폼팀']},
                {any: [
                    {attribute: 'officeLocation', operator: 'starts_with', value: 'Seoul'},
                    {attribute: 'companyName', operator: 'matches', value: '^Hanbit (GmbH|Berlin)'},
                ]},
            ]},
        }],
    },
};

/** Rules for fields with errors in several columns. */
const faultyFields = {
    ...allowing('Kim'),
    mapping: {
        nickname: {sources: ['{displayName} ({departmant})'], transform: [{step: 'match', pattern: '([A-Z'}]},
        position: {sources: ['jobTitle'], transform: [{step: 'truncate', length: 0}]},
    },
};

/** A list as from a spreadsheet, with one line that is not a user. */
const listOfPeople = 'Mail\nminjun.kim@hanbit.example\nkim.haneul@hanbit.example\nhaneul.kim@hanbit.example\nSoyeon Choi\n';

/** The tabs Users, Attribute mapping, Lifecycle, and Schedule. */
export const people: Picture[] = [
    {
        name: 'effect_empty',
        tab: 'users',
        set: (console) => comeToRest(console),
        parts: (console) => [console.page.locator('.EntraSync__effect')],
    },
    {
        name: 'users',
        settings: {policy: ruled},
        tab: 'users',
        set: async (console, scene) => {
            await scene.run('preview');
            await console.reload();
            await console.people.addName('Rossi');
            await console.people.root.getByText('Noah Rossi').first().waitFor();
            await comeToRest(console);
        },
        greatestHeight: 1800,
    },
    {
        name: 'groups',
        tab: 'users',
        arrange: async (scene) => {
            const groups = await scene.groups();
            const platform = groups.find(({displayName}) => displayName === 'Platform');
            await scene.configure({policy: {version: 1, scope: {allow: {groups: [platform?.id, '0badc0de-0000-4000-8000-000000000000']}}}});
        },
        set: async (console) => {
            const list = console.people.root.getByRole('group', {name: console.words('entrasync.users.list_groups')});
            await list.getByText('Platform').first().waitFor();
            await list.getByRole('combobox').fill('e');
            await list.getByRole('option').first().waitFor();
            await comeToRest(console);
        },
        parts: (console) => [
            console.people.root.getByRole('group', {name: console.words('entrasync.users.list_groups')}),
            console.people.root.getByRole('listbox'),
        ],
    },
    {
        name: 'users_file',
        settings: {policy: {version: 1, scope: {allow: {people: ['minjun.kim@hanbit.example']}}}},
        tab: 'users',
        set: async (console) => {
            const list = console.people.root.getByRole('group', {name: console.words('entrasync.users.list_people')});
            await list.locator('input[type=file]').setInputFiles({name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(listOfPeople)});
            await list.getByText('people.csv').waitFor();
            await comeToRest(console);
        },
        parts: (console) => [console.people.root.getByRole('group', {name: console.words('entrasync.users.list_people')})],
    },
    {
        name: 'condition_groups',
        settings: {policy: nested},
        tab: 'users',
        set: async (console) => {
            await console.people.root.locator('.EntraSync__ruleName').click();
            await comeToRest(console, 'unfocused');
        },
        parts: (console) => [console.people.root.locator('.EntraSync__rule-card')],
        margin: 1,
    },
    {
        name: 'policy_text',
        settings: {policy: '{\n    "version": 1,\n    "scope": {\n        "allow": {"display_name_contains": ["Kim" "Lee"]}\n    }\n}'},
        tab: 'users',
        set: (console) => comeToRest(console),
        greatestHeight: 620,
    },
    {
        name: 'mapping',
        settings: {policy: ruled},
        tab: 'mapping',
        set: async (console) => {
            await console.page.getByRole('combobox').first().fill('minjun');
            await console.page.getByRole('option').first().click();
            await comeToRest(console);
        },
    },
    {
        name: 'mapping_faults',
        settings: {policy: faultyFields},
        tab: 'mapping',
        set: async (console) => {
            await console.page.getByRole('button', {name: console.words('entrasync.mapping.nickname')}).click();
            await comeToRest(console, 'unfocused');
        },
        greatestHeight: 1240,
    },
    {name: 'lifecycle', tab: 'lifecycle', set: (console) => comeToRest(console)},
    {
        name: 'lifecycle_open',
        settings: {policy: {...allowing('Kim'), limits: {concurrency: 99}}},
        tab: 'lifecycle',
        set: async (console) => {
            await console.rules.section('entrasync.lifecycle.leavers_title').click();
            await comeToRest(console, 'unfocused');
        },
        greatestHeight: 2000,
    },
    {
        name: 'safety_limits',
        tab: 'lifecycle',
        set: async (console) => {
            await console.rules.section('entrasync.lifecycle.guard_title').click();
            await comeToRest(console, 'unfocused');
        },
        greatestHeight: 1400,
    },
    {name: 'schedule', tab: 'schedule', set: (console) => console.page.locator('.EntraSync__times, .EntraSync__schedule ol').first().waitFor()},
    {name: 'schedule_fault', settings: {schedule: 'every night', timezone: 'Asia/Soul'}, tab: 'schedule', set: (console) => comeToRest(console), greatestHeight: 640},
    {
        name: 'unsaved',
        tab: 'users',
        set: async (console) => {
            await console.people.addName('Park');
            await console.open('runs');
        },
        parts: (console) => [console.run.root],
    },
    {
        name: 'foreign_change',
        tab: 'users',
        set: async (console, scene) => {
            await console.people.addName('Park');
            await scene.configure({timezone: 'Europe/Berlin'});
            await console.foreign.waitFor();
        },
        greatestHeight: 760,
    },
    {
        name: 'faults',
        settings: {schedule: 'every night', policy: {version: 1, scope: {allow: {display_name_contains: [' ', 'Kim']}, guest: true}}},
        tab: 'users',
        greatestHeight: 1100,
    },
    {
        name: 'run_blocked',
        settings: {schedule: 'every night', policy: {version: 1, scope: {allow: {display_name_contains: [' ', 'Kim']}}}},
        parts: (console) => [console.run.root],
    },
    {name: 'narrow', settings: {policy: ruled}, tab: 'users', width: 320, greatestHeight: 1400},
];
