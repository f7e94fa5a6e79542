import {unexpectedViolations} from './axe';
import {tabs} from '../../webapp/src/store/place';

import {Scene} from './scene';
import {useConsole} from './use_console';

/** An example of everything that the editors show. */
const full = {
    version: 1,
    scope: {
        allow: {display_name_contains: ['Kim', '한'], email_domain: ['hanbit.example']},
        deny: {user_principal_name: ['nobody@hanbit.example']},
        rules: [{
            name: 'Engineers',
            effect: 'allow',
            when: {any: [
                {attribute: 'department', operator: 'starts_with', value: 'Eng'},
                {all: [{attribute: 'jobTitle', operator: 'is_not_empty'}, {attribute: 'city', operator: 'one_of', values: ['Seoul', 'Busan']}]},
            ]},
        }],
    },
    memberships: {rules: [
        {id: 'a', name: 'Sales', who: {groups: ['0badc0de-0000-4000-8000-000000000000']}, join: [{team: {id: 'goneteamgoneteamgoneteamgo'}}], ending: true},
        {id: 'b', name: 'Departments', who: {everyone: true}, for_each: {attribute: 'department'}, join: [{team: {create: {name: 'admin-{value}', display_name: '{value}'}}}]},
    ]},
    mapping: {nickname: {sources: ['{displayName} ({department})'], transform: [{step: 'trim'}]}},
    lifecycle: {leavers: {grace_days: 7}},
};

const kim = {version: 1, scope: {allow: {display_name_contains: ['Kim']}}};

describe.each(['console', 'onyx'] as const)('in the theme %s, axe finds nothing', (theme) => {
    const scene = Scene.shared();
    const openPage = useConsole();
    const open = () => openPage({theme, options: {bypassCSP: true}});

    beforeEach(() => scene.reset({policy: kim}));

    test.each(tabs)('on the tab %s', async (tab) => {
        await scene.configure({policy: full});
        await scene.run('preview');
        const console = await openPage({theme, tab, options: {bypassCSP: true}});
        await console.page.waitForLoadState('networkidle');
        expect(await unexpectedViolations(console)).toEqual([]);
    });

    test('on the tab lifecycle with all sections open', async () => {
        await scene.configure({policy: full});
        const console = await openPage({theme, tab: 'lifecycle', options: {bypassCSP: true}});
        await console.rules.unfold();
        expect(await unexpectedViolations(console)).toEqual([]);
    });

    test('on the tab memberships with all rules open', async () => {
        await scene.configure({policy: full});
        const console = await openPage({theme, tab: 'memberships', options: {bypassCSP: true}});
        await console.memberships.head(1).click();
        await console.memberships.head(2).click();
        await console.page.waitForLoadState('networkidle');
        expect(await unexpectedViolations(console)).toEqual([]);
    });

    test('before anything is set up', async () => {
        await scene.configure({tenantid: '', clientid: '', clientsecret: '', policy: {version: 1}});
        expect(await unexpectedViolations(await open())).toEqual([]);
    });

    test('after a test, a preview and a change that is not saved', async () => {
        const console = await open();
        await console.open('connection');
        await console.connection.test('ok');
        await console.open('runs');
        await console.run.perform('preview');
        await console.changes.rows.first().waitFor();
        await console.open('users');
        await console.people.addName('Park');
        expect(await unexpectedViolations(console)).toEqual([]);
    });

    test('after a refused connection and a failed run', async () => {
        await scene.setFault({match: 'users', kind: 'consent_missing'});
        const console = await open();
        await console.open('connection');
        await console.connection.test('failed');
        await console.open('runs');
        await console.run.perform('preview', 'failed');
        expect(await unexpectedViolations(console)).toEqual([]);
    });

    test('while a run goes on', async () => {
        await scene.setFault({match: 'users', kind: 'slow', delay_ms: 60_000});
        const console = await open();
        await console.run.previewButton.click();
        await console.run.progressBar.waitFor();
        expect(await unexpectedViolations(console)).toEqual([]);
    });

    test('with a policy that has faults, as text and as a form', async () => {
        await scene.configure({schedule: 'every night', policy: {version: 1, scope: {everyone: true, guest: 1}}});
        const console = await open();
        await console.open('users');
        expect(await unexpectedViolations(console)).toEqual([]);
        await console.people.modeButton('text').click();
        await console.people.text.waitFor();
        expect(await unexpectedViolations(console)).toEqual([]);
    });
});
