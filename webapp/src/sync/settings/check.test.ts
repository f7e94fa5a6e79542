import * as fc from 'fast-check';

import {openServer} from '../testing/open_server';

import {checkSchedule, checkSettings, type Settings} from './check';

const id = '00000000-0000-4000-8000-000000000000';

const untouched: Settings = {
    move_to_tenant: '', tenant_id: '',
    client_id: '',
    has_client_secret: false,
    client_secret_is_uuid: false,
    has_client_certificate: false,
    certificate_error: '',
    credential: 'secret',
    cloud: 'global',
    login_url: '',
    graph_url: '',
    enabled: false,
    schedule: '0 3 * * *',
    schedule_error: '',
    time_zone: '',
    time_zone_error: '',
    incremental_minutes: 0,
    webhook_url: '',
    has_webhook_secret: false,
    has_trigger_token: true,
    has_webhook_url: false,
    trigger_token_length: 32,
    has_initial_password: false,
    initial_password_error: '',
    masked_secrets: [],
    policy: '{"version":1}',
    database_driver: 'postgres',
    server_rules: openServer(),
};

const good: Settings = {...untouched, tenant_id: id, client_id: id, has_client_secret: true};

function found(changes: Partial<Settings>): string[] {
    return checkSettings({...good, ...changes}).faults.map(({code, path, params}) => [code, path, params?.problem].filter(Boolean).join(' '));
}

test('a new installation is not configured, in one fault', () => {
    expect(checkSettings(untouched)).toMatchObject({configured: false, faults: [{code: 'not_configured'}]});
});

test('good settings have no fault and give the host its part', () => {
    expect(checkSettings({...good, tenant_id: 'contoso.onmicrosoft.com'})).toEqual({
        configured: true,
        faults: [],
        warnings: [],
        host: {
            login_url: 'https://login.microsoftonline.com',
            graph_url: 'https://graph.microsoft.com',
            keep_days: 90,
            concurrency: 8,
        },
    });
});

test.each<[string, object, string[]]>([
    ['made of the address, which accounts do not follow', {auth_data: {sources: ['mail', 'id']}}, ['mail']],
    ['made of a template that changes', {auth_data: {sources: ['{userPrincipalName}']}}, ['userPrincipalName']],
    ['made of the address, which accounts follow', {auth_data: {sources: ['mail'], when: 'always'}}, []],
    ['made of what never changes', {auth_data: {sources: ['employeeId', 'onPremisesImmutableId']}}, []],
    ['the object ID', {}, []],
])('sign-in data that is %s', (_, mapping, attributes) => {
    const policy = (sign_in: object) => JSON.stringify({mapping, accounts: {sign_in}});
    const warnings = attributes.map((attribute) => ({code: 'auth_data_unfollowed', path: 'Policy.mapping.auth_data', params: {attributes: attribute}}));
    const {server_rules} = good;
    const saml = {is_enabled: true, is_complete: true, is_licensed: true};
    const withSaml = {...good, server_rules: {...server_rules, single_sign_on: {...server_rules.single_sign_on, saml}}};
    expect(checkSettings({...withSaml, policy: policy({method: 'single_sign_on', service: 'saml'})})).toMatchObject({faults: [], warnings});
    expect(checkSettings({...withSaml, policy: policy({method: 'random_password'})}).warnings).toEqual([]);
});

test.each<[string, Partial<Settings>, string[]]>([
    ['the asterisks of a hidden secret', {masked_secrets: ['ClientSecret', 'TriggerToken'], has_client_secret: false}, ['secret_masked ClientSecret', 'secret_masked TriggerToken']],
    ['the asterisks of a hidden secret that is not used', {masked_secrets: ['ClientCertificate', 'InitialPassword']}, []],
    ['no tenant', {tenant_id: ' '}, ['setting_missing TenantId']],
    ['a tenant for all organizations', {tenant_id: 'common'}, ['setting_invalid TenantId tenant']],
    ['blanks around the tenant', {tenant_id: ` ${id}`}, ['setting_invalid TenantId tenant']],
    ['a client id that is none', {client_id: 'my app'}, ['setting_invalid ClientId guid']],
    ['no secret', {has_client_secret: false}, ['setting_missing ClientSecret']],
    ['the Secret ID', {client_secret_is_uuid: true}, ['setting_invalid ClientSecret secret_id']],
    ['no certificate', {credential: 'certificate'}, ['setting_missing ClientCertificate']],
    ['a broken certificate', {credential: 'certificate', has_client_certificate: true, certificate_error: 'no PEM'}, ['certificate_invalid ClientCertificate']],
    ['an old certificate that is not used', {certificate_error: 'no PEM'}, []],
    ['an unknown credential', {credential: 'password'}, ['setting_invalid Credential choice']],
    ['a managed identity without a client id', {credential: 'managed_identity', client_id: ''}, []],
    ['a workload identity without a client id', {credential: 'workload_identity', client_id: ''}, ['setting_missing ClientId']],
    ['an unknown cloud', {cloud: 'constructor'}, ['setting_invalid Cloud choice']],
    ['a custom cloud without addresses', {cloud: 'custom'}, ['setting_missing LoginUrl', 'setting_missing GraphUrl']],
    [
        'a custom cloud with bad addresses',
        {cloud: 'custom', login_url: 'http://login.example', graph_url: 'https://me@graph.example/v1.0'},
        ['url_not_https LoginUrl', 'url_not_https GraphUrl origin'],
    ],
    ['addresses that another cloud does not use', {login_url: 'nonsense'}, []],
    ['a bad schedule', {schedule: 'often', schedule_error: 'expected 5 fields'}, ['schedule_invalid Schedule']],
    ['no schedule though enabled', {enabled: true, schedule: ''}, ['setting_missing Schedule']],
    ['a bad time zone', {time_zone: 'Seoul', time_zone_error: 'unknown time zone'}, ['time_zone_invalid TimeZone']],
    ['five minutes between incremental runs', {incremental_minutes: 5}, []],
    ['a day between incremental runs', {incremental_minutes: 1440}, []],
    ['four minutes between incremental runs', {incremental_minutes: 4}, ['setting_invalid IncrementalMinutes minutes']],
    ['more than a day between incremental runs', {incremental_minutes: 1441}, ['setting_invalid IncrementalMinutes minutes']],
    ['less than no time between incremental runs', {incremental_minutes: -1}, ['setting_invalid IncrementalMinutes minutes']],
    ['a webhook on the same network', {webhook_url: 'http://n8n:5678/webhook/entra?x=1'}, []],
    ['no trigger token', {has_trigger_token: false, trigger_token_length: 0}, []],
    ['a trigger token that can be guessed', {trigger_token_length: 31}, ['setting_invalid TriggerToken token']],
    ['a webhook of another scheme', {webhook_url: 'javascript://x/alert(1)'}, ['setting_invalid WebhookUrl address']],
    ['a webhook with a password', {webhook_url: 'https://me:hunter2@n8n.example/'}, ['setting_invalid WebhookUrl address']],
    ['a bad policy', {policy: '{"scope":{"everyone":"yes"}}'}, ['policy_invalid Policy.scope.everyone kind']],
    ['a policy that is no JSON', {policy: '{'}, ['policy_invalid Policy json']],
    ['no initial password', {policy: {accounts: {sign_in: {method: 'initial_password'}}}}, ['setting_missing InitialPassword']],
    [
        'a weak initial password',
        {policy: {accounts: {sign_in: {method: 'initial_password'}}}, has_initial_password: true, initial_password_error: 'too short'},
        ['initial_password_weak InitialPassword'],
    ],
    ['a weak initial password that is not used', {has_initial_password: true, initial_password_error: 'too short'}, []],
    ['another database', {database_driver: 'mysql'}, ['database_unsupported']],
    ['several at once', {tenant_id: 'x', client_id: '', webhook_url: 'x'}, ['setting_invalid TenantId tenant', 'setting_missing ClientId', 'setting_invalid WebhookUrl address']],
])('%s', (_, changes, faults) => {
    expect(found(changes)).toEqual(faults);
});

test.each([
    ['usgov', 'https://login.microsoftonline.us', 'https://graph.microsoft.us'],
    ['usgov_dod', 'https://login.microsoftonline.us', 'https://dod-graph.microsoft.us'],
    ['china', 'https://login.chinacloudapi.cn', 'https://microsoftgraph.chinacloudapi.cn'],
    ['custom', 'https://login.example:8443', 'https://[::1]:9443'],
])('the hosts of the cloud %s', (cloud, login, graph) => {
    const {faults, host} = checkSettings({...good, cloud, login_url: 'https://login.example:8443/', graph_url: 'https://[::1]:9443'});
    expect(faults).toEqual([]);
    expect(host).toMatchObject({login_url: login, graph_url: graph});
});

test('not everything entered is not configured, and says what is missing', () => {
    expect(checkSettings({...untouched, tenant_id: id})).toMatchObject({
        configured: false,
        faults: [{code: 'setting_missing', path: 'ClientId'}, {code: 'setting_missing', path: 'ClientSecret'}],
    });
});

test('texts of any kind are judged, never thrown at', () => {
    const texts = fc.record({
        tenant_id: fc.string(),
        client_id: fc.string(),
        credential: fc.string(),
        cloud: fc.string(),
        login_url: fc.webUrl({withQueryParameters: true}),
        webhook_url: fc.string(),
        trigger_token_length: fc.nat(),
        policy: fc.oneof(fc.string(), fc.json()),
    });
    fc.assert(fc.property(texts, (changes) => {
        const {host} = checkSettings({...good, ...changes});
        expect(host.keep_days).toBeGreaterThan(0);
    }));
});

test.each([[1, 24, 1], [1, 25, 2], [3, 168, 7], [90, 168, 90], [1, 0, 1]])('a history of %d days, with a counting period of %d hours, is kept for %d days', (keep_days, window_hours, kept) => {
    const policy = JSON.stringify({history: {keep_days}, guard: {window_hours}});
    expect(checkSettings({...good, policy}).host.keep_days).toBe(kept);
});

test.each([
    [{}, []],
    [{schedule: ' '}, [{code: 'setting_missing', path: 'Schedule'}]],
    [{schedule_error: 'expected five fields'}, [{code: 'schedule_invalid', path: 'Schedule', raw: {message: 'expected five fields'}}]],
    [{time_zone: 'Mars', time_zone_error: 'unknown time zone'}, [{code: 'time_zone_invalid', path: 'TimeZone', params: {value: 'Mars'}, raw: {message: 'unknown time zone'}}]],
])('a schedule that is about to be saved: %j', (part, faults) => {
    expect(checkSchedule({schedule: '0 3 * * *', schedule_error: '', time_zone: '', time_zone_error: '', ...part})).toEqual({faults});
});
