import {crowd} from './company';
import {eventually} from './eventually';
import {Scene} from './scene';
import {useConsole} from './use_console';

const slow = {match: 'users', kind: 'slow', delay_ms: 60_000} as const;

describe('runs', () => {
    const scene = Scene.shared();
    const open = useConsole();

    beforeEach(() => scene.reset({policy: {version: 1, scope: {allow: {display_name_contains: ['Kim']}}}}));

    test('a run that waits for Microsoft can be cancelled', async () => {
        await scene.setFault(slow);
        const console = await open();
        await console.run.previewButton.click();
        await console.run.progressBar.waitFor();
        await console.run.cancelButton.click();
        await console.run.state('cancelled').waitFor();
        await eventually(() => console.run.previewButton.isEnabled(), (isEnabled) => isEnabled);
    });

    test('progress arrives by websocket, without requests for the run', async () => {
        await scene.replacePeople(crowd(2500));
        await scene.setFault({...slow, skip: 1});
        const console = await open({
            // Without responses to polling, only events can move the progress bar.
            prepare: (page) => page.route(/\/runs\/[^/]+$/, (route) => route.abort()),
        });
        await console.run.previewButton.click();
        await console.run.root.getByText('999').first().waitFor();
        await scene.clearFaults();
        await console.run.cancelButton.click();
        await console.run.state('cancelled').waitFor();
    });

    test('progress arrives without a websocket', async () => {
        await scene.replacePeople(crowd(2500));
        await scene.setFault({...slow, skip: 1});
        const console = await open({
            prepare: (page) => page.routeWebSocket(/\/api\/v4\/websocket/, (socket) => socket.close()),
        });
        await console.run.previewButton.click();
        await console.run.root.getByText('999').first().waitFor();
        await console.run.cancelButton.click();
        await console.run.state('cancelled').waitFor();
    });

    test('a run that the directory breaks off tells why', async () => {
        await scene.setFault({match: 'users', kind: 'consent_missing'});
        const console = await open();
        await console.run.perform('preview', 'failed');
        await console.run.root.getByText(console.words('entrasync.error.consent_missing.message')).waitFor();
    });

    test('an older run can be looked at again', async () => {
        await scene.run('preview');
        await scene.configure({policy: {version: 1, scope: {allow: {display_name_contains: ['한']}}}});
        await scene.run('preview');
        const console = await open();
        await console.changes.row('한소희').waitFor();
        await console.runs.show(1);
        await console.changes.row('Minjun Kim').waitFor();
        expect(await console.changes.row('한소희').count()).toBe(0);
    });
});
