/** @jest-environment jsdom */
import {act, screen} from '@testing-library/react';

import {FakeServer} from '../../testing/fake_server';
import {samplePlainSettings} from '../../testing/plain_settings';
import {renderPage} from '../../testing/render_page';
import {sampleJob} from '../../testing/sample_job';
import {sampleOverview} from '../../testing/samples';

import {ConnectionTab} from './connection_tab';

const server = new FakeServer();
const day = 86_400_000;
const all = {TenantId: 't', ClientId: 'c', Credential: 'secret', ClientSecret: 's', ClientCertificate: '', Cloud: 'global', LoginUrl: '', GraphUrl: ''};

beforeEach(() => {
    server.install();
    server.requests.length = 0;
    server.on('GET /overview', sampleOverview());
});
afterEach(() => server.uninstall());

async function renderTab(change = {}, locale = 'en') {
    renderPage(<ConnectionTab job={sampleJob()} settings={samplePlainSettings({...all, ...change})}/>, {locale});
    await act(async () => undefined);
}

const shown = () => screen.getAllByRole('textbox').map((box) => box.id.replace(/^.*\./, ''));

test.each([
    ['a secret', {}, ['tenantid', 'clientid', 'credential', 'clientsecret', 'cloud']],
    ['nothing chosen yet', {Credential: undefined}, ['tenantid', 'clientid', 'credential', 'clientsecret', 'cloud']],
    ['a certificate', {Credential: 'certificate'}, ['tenantid', 'clientid', 'credential', 'clientcertificate', 'cloud']],
    ['an identity without either', {Credential: 'managed_identity'}, ['tenantid', 'clientid', 'credential', 'cloud']],
    ['a custom cloud', {Cloud: 'custom'}, ['tenantid', 'clientid', 'credential', 'clientsecret', 'cloud', 'loginurl', 'graphurl']],
])('only the settings that mean something are shown: %s', async (_, change, expected) => {
    await renderTab(change);

    expect(shown()).toEqual(expected);
});

test('settings have names and explanations in the reader\'s language', async () => {
    await renderTab({}, 'ko');

    expect(screen.getByLabelText('디렉터리(테넌트) ID')).toBeVisible();
    expect(screen.getByText(/값은 암호를 만든 직후에 한 번만/)).toBeVisible();
});

test('a secret that ends soon is said so, with what to do', async () => {
    server.on('GET /overview', sampleOverview({secret_expires_at: Date.now() + (9 * day) + 60_000}));
    await renderTab();

    expect(await screen.findByText(/^The client secret expires in 9 days \(/)).toBeVisible();
    expect(screen.getByText(/Create a new one/)).toBeVisible();
});

test('a certificate that has ended is said so', async () => {
    server.on('GET /overview', sampleOverview({secret_expires_at: Date.now() - (2 * day)}));
    await renderTab({Credential: 'certificate'});

    expect(await screen.findByText(/^The client certificate expired 2 days ago \(/)).toBeVisible();
});

test('a distant expiry is shown without emphasis', async () => {
    server.on('GET /overview', sampleOverview({secret_expires_at: Date.now() + (90 * day)}));
    await renderTab();

    expect(await screen.findByText(/expires in 90 days/)).toBeVisible();
    expect(screen.queryByText(/Create a new one/)).not.toBeInTheDocument();
});

test('an unknown expiry is not shown', async () => {
    await renderTab();
    expect(server.sent('GET /overview')).toHaveLength(1);

    expect(screen.queryByText(/expire/)).not.toBeInTheDocument();
});
