import * as fc from 'fast-check';

import {errorCodes} from '../errors';

import {classify, type Facts} from './classify';

test.each<[string, Facts, string]>([
    ['wrong secret', {origin: 'token', status: 401, code: 'invalid_client', codes: [7000215]}, 'secret_wrong'],
    ['expired secret', {origin: 'token', status: 401, code: 'invalid_client', codes: [7000222]}, 'secret_expired'],
    ['app of another tenant', {origin: 'token', status: 400, code: 'unauthorized_client', codes: [700016]}, 'app_not_found'],
    ['disabled app', {origin: 'token', status: 401, code: 'unauthorized_client', codes: [7000112]}, 'app_disabled'],
    ['unknown tenant', {origin: 'token', status: 400, code: 'invalid_request', codes: [90002]}, 'tenant_not_found'],
    ['tenant of another cloud', {origin: 'token', status: 400, codes: [900382]}, 'tenant_in_other_cloud'],
    ['certificate', {origin: 'token', status: 401, code: 'invalid_client', codes: [700027]}, 'certificate_rejected'],
    ['federation', {origin: 'token', status: 401, codes: [700213]}, 'federation_mismatch'],
    ['resource', {origin: 'token', status: 400, codes: [500011]}, 'resource_not_found'],
    ['conditional access', {origin: 'token', status: 400, code: 'invalid_grant', codes: [53003]}, 'conditional_access'],
    ['the first known number counts', {origin: 'token', codes: [1, 53003]}, 'conditional_access'],
    ['unknown number', {origin: 'token', status: 401, code: 'invalid_client', codes: [424242]}, 'sign_in_failed'],
    ['busy token endpoint', {origin: 'token', status: 429}, 'throttled'],
    ['broken token endpoint', {origin: 'token', status: 503}, 'directory_unavailable'],
    ['refused token without a word', {origin: 'token', status: 403}, 'sign_in_failed'],
    ['token over a broken proxy', {origin: 'token', kind: 'proxy'}, 'proxy'],

    ['consent', {origin: 'graph', status: 403, code: 'Authorization_RequestDenied'}, 'consent_missing'],
    ['consent under another name', {origin: 'graph', status: 403, code: 'Forbidden'}, 'consent_missing'],
    ['a filter on the way', {origin: 'graph', status: 403, message: 'Forbidden'}, 'directory_answer_invalid'],
    ['token', {origin: 'graph', status: 401, code: 'InvalidAuthenticationToken'}, 'token_rejected'],
    ['throttled', {origin: 'graph', status: 429, code: 'TooManyRequests'}, 'throttled'],
    ['server error', {origin: 'graph', status: 500}, 'directory_unavailable'],
    ['service down', {origin: 'graph', status: 503, code: 'serviceNotAvailable'}, 'directory_unavailable'],
    ['gone', {origin: 'graph', status: 410}, 'resync_required'],
    ['old state', {origin: 'graph', status: 400, code: 'syncStateNotFound'}, 'resync_required'],
    ['reset', {origin: 'graph', status: 410, code: 'resyncRequired'}, 'resync_required'],
    ['bad request', {origin: 'graph', status: 400, code: 'Request_BadRequest'}, 'directory_refused'],
    ['a page of the proxy', {origin: 'graph', status: 200, kind: 'not_json'}, 'directory_answer_invalid'],
    ['cut page', {origin: 'graph', status: 200, kind: 'truncated'}, 'directory_incomplete'],
    ['foreign link', {origin: 'host', code: 'foreign_link'}, 'foreign_link'],

    ['time-out', {origin: 'network', timeout: true, kind: 'reset'}, 'timeout'],
    ['certificate of the other side', {origin: 'network', kind: 'tls'}, 'tls'],
    ['unknown kind', {origin: 'network', kind: 'toString'}, 'network'],

    ['unlicensed limit', {origin: 'mattermost', code: 'api.user.create_user.user_limits.exceeded'}, 'user_limit'],
    ['licensed limit', {origin: 'mattermost', code: 'api.user.create_user.license_user_limits.exceeded'}, 'user_limit'],
    ['email', {origin: 'mattermost', code: 'app.user.save.email_exists.app_error'}, 'email_taken'],
    ['username', {origin: 'mattermost', code: 'app.user.save.username_exists.app_error'}, 'username_taken'],
    ['domain', {origin: 'mattermost', code: 'api.user.create_user.accepted_domain.app_error'}, 'email_domain_refused'],
    ['password', {origin: 'mattermost', code: 'model.user.is_valid.pwd_min_length.app_error'}, 'password_invalid'],
    ['invalid email', {origin: 'mattermost', code: 'model.user.is_valid.email.app_error'}, 'email_invalid'],
    ['invalid field', {origin: 'mattermost', code: 'model.user.is_valid.position.app_error'}, 'field_invalid'],
    ['full team', {origin: 'mattermost', code: 'app.team.join_user_to_team.save_member.max_accounts.app_error'}, 'team_member_limit'],
    ['managed by groups', {origin: 'mattermost', code: 'api.channel.add_members.user_denied'}, 'target_group_constrained'],
    ['managed by attributes', {origin: 'mattermost', code: 'api.channel.add_user.to.channel.rejected'}, 'target_access_controlled'],
    ['name of another team', {origin: 'mattermost', code: 'app.team.save.existing.app_error'}, 'target_name_taken'],
    ['name of another channel', {origin: 'mattermost', code: 'store.sql_channel.save_channel.exists.app_error'}, 'target_name_taken'],
    ['too many channels', {origin: 'mattermost', code: 'store.sql_channel.save_channel.limit.app_error'}, 'target_channel_limit'],
    ['not in the team', {origin: 'mattermost', code: 'app.team.get_member.missing.app_error'}, 'not_in_team'],
    ['left the team', {origin: 'mattermost', code: 'api.channel.add_user.to.channel.failed.deleted.app_error'}, 'not_in_team'],
    ['Town Square', {origin: 'mattermost', code: 'api.channel.remove.default.app_error'}, 'default_channel'],
    ['last system admin', {origin: 'mattermost', code: 'app.user.update.lastAdmin.app_error'}, 'last_admin'],
    ['another plugin', {origin: 'mattermost', code: 'app.channel.add_member.rejected_by_plugin.app_error'}, 'plugin_refused'],
    ['guest', {origin: 'host', code: 'guest_refused'}, 'guest_refused'],
    ['any other', {origin: 'mattermost', status: 501, code: 'api.something.app_error'}, 'mattermost_refused'],

    ['own code', {origin: 'host', code: 'lock_lost'}, 'lock_lost'],
    ['unknown own code', {origin: 'host', code: 'constructor'}, 'internal'],
])('%s', (_, facts, code) => {
    expect(classify(facts).code).toBe(code);
});

test('the way a connection failed chooses the hint', () => {
    expect(classify({origin: 'network', kind: 'dns'})).toEqual({code: 'network', params: {problem: 'dns'}, raw: {code: 'dns'}});
});

test('a field that Mattermost refuses is named', () => {
    expect(classify({origin: 'mattermost', code: 'model.user.is_valid.first_name.app_error'}).params).toEqual({field: 'first_name'});
});

test('what Microsoft said stays beside our own words', () => {
    const facts: Facts = {
        origin: 'token',
        status: 401,
        code: 'invalid_client',
        codes: [7000215],
        message: 'AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 0000aaaa-11bb-cccc-dd22-eeeeee333333',
        trace_id: '0000aaaa-11bb-cccc-dd22-eeeeee333333',
    };
    expect(classify(facts).raw).toEqual({
        status: 401,
        code: 'AADSTS7000215',
        message: 'AADSTS7000215: Invalid client secret provided. Trace ID: 0000aaaa-11bb-cccc-dd22-eeeeee333333',
        trace_id: '0000aaaa-11bb-cccc-dd22-eeeeee333333',
    });
});

test('facts of any shape become a fault of the list', () => {
    const anything = fc.anything();
    const facts = fc.record({
        origin: fc.constantFrom('token', 'graph', 'network', 'mattermost', 'host', 'elsewhere'),
        status: anything,
        code: anything,
        codes: anything,
        resource: fc.oneof(fc.constant('groups'), anything),
        message: anything,
        trace_id: anything,
        timeout: anything,
        kind: anything,
    });
    fc.assert(fc.property(facts, (someFacts) => {
        expect(errorCodes).toContain(classify(someFacts as Facts).code);
    }));
});
