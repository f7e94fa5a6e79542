/** What the codes of other systems mean for the plugin. A code that is not listed falls back to the status, then to the origin. */
import type {ErrorCode} from '../errors';

/**
 * AADSTS numbers of Microsoft's token endpoint.
 * Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export const signInNumbers: Readonly<Record<number, ErrorCode>> = {

    // Client secret
    7000215: 'secret_wrong',
    70002: 'secret_wrong',
    7000222: 'secret_expired',

    // Application
    700016: 'app_not_found',
    70001: 'app_not_found',
    700011: 'app_not_found',
    7000112: 'app_disabled',
    1000031: 'app_disabled',

    // Tenant
    90002: 'tenant_not_found',
    90019: 'tenant_not_found',
    50059: 'tenant_not_found',
    50128: 'tenant_not_found',
    90038: 'tenant_in_other_cloud',
    90051: 'tenant_in_other_cloud',
    900382: 'tenant_in_other_cloud',
    900432: 'tenant_in_other_cloud',
    1000104: 'tenant_in_other_cloud',

    // Certificate and federated credential
    50012: 'certificate_rejected',
    50017: 'certificate_rejected',
    50032: 'certificate_rejected',
    700024: 'certificate_rejected',
    700027: 'certificate_rejected',
    700030: 'certificate_rejected',
    70021: 'federation_mismatch',
    700211: 'federation_mismatch',
    700212: 'federation_mismatch',
    700213: 'federation_mismatch',
    7002131: 'federation_mismatch',
    700229: 'federation_mismatch',

    // Microsoft Graph as the resource, and consent to it
    500011: 'resource_not_found',
    70011: 'resource_not_found',
    650052: 'resource_not_found',
    650054: 'resource_not_found',
    650057: 'resource_not_found',
    65001: 'consent_missing',
    650056: 'consent_missing',
    90008: 'consent_missing',
    90094: 'consent_missing',

    // Policies of the tenant
    50131: 'conditional_access',
    53000: 'conditional_access',
    53001: 'conditional_access',
    53002: 'conditional_access',
    53003: 'conditional_access',
    53011: 'conditional_access',
    530032: 'conditional_access',
    530034: 'conditional_access',
    530035: 'conditional_access',

    // Temporary
    50196: 'throttled',
    90055: 'throttled',
    90006: 'directory_unavailable',
    90024: 'directory_unavailable',
    90033: 'directory_unavailable',
    90090: 'directory_unavailable',
    90091: 'directory_unavailable',
    50033: 'directory_unavailable',
    90012: 'timeout',
};

/** The `error` of an OAuth answer (RFC 6749, section 5.2), for a number that is not listed. */
export const signInErrors: Readonly<Record<string, ErrorCode>> = {
    invalid_client: 'sign_in_failed',
    unauthorized_client: 'app_not_found',
    invalid_scope: 'resource_not_found',
    invalid_resource: 'resource_not_found',
    invalid_instance: 'tenant_in_other_cloud',
    temporarily_unavailable: 'directory_unavailable',
};

/**
 * Codes of Microsoft Graph, in lower case: Graph does not spell all of them alike.
 * Source: https://learn.microsoft.com/graph/errors
 */
export const graphCodes: Readonly<Record<string, ErrorCode>> = {
    authorization_requestdenied: 'consent_missing',
    accessdenied: 'consent_missing',
    authorization_identitynotfound: 'app_not_found',
    invalidauthenticationtoken: 'token_rejected',
    authenticationerror: 'token_rejected',
    unauthenticated: 'token_rejected',
    toomanyrequests: 'throttled',
    activitylimitreached: 'throttled',
    request_throttledtemporarily: 'throttled',
    directory_concurrencyviolation: 'throttled',
    servicenotavailable: 'directory_unavailable',
    serviceunavailable: 'directory_unavailable',
    internalservererror: 'directory_unavailable',
    service_internalservererror: 'directory_unavailable',
    generalexception: 'directory_unavailable',
    syncstatenotfound: 'resync_required',
    syncstateinvalid: 'resync_required',
    resyncrequired: 'resync_required',
    request_resourcenotfound: 'person_not_found',
    directory_expiredpagetoken: 'directory_incomplete',
    unknownerror: 'directory_unavailable',
};

/** What a fault means when Graph was asked for groups: Graph has one code for any missing object, and one for both permissions. */
export const groupFaults: Readonly<Partial<Record<ErrorCode, ErrorCode>>> = {
    person_not_found: 'group_not_found',
    consent_missing: 'group_consent_missing',
};

/** Statuses of Graph and the token endpoint, for a code that is not listed. */
export const statuses: Readonly<Record<number, ErrorCode>> = {
    401: 'token_rejected',
    403: 'consent_missing',
    407: 'proxy',
    408: 'timeout',
    410: 'resync_required',
    429: 'throttled',
    504: 'timeout',
};

/** How a connection failed, as the host names it. */
export const networkKinds: Readonly<Record<string, ErrorCode>> = {
    dns: 'network',
    refused: 'network',
    reset: 'network',
    unreachable: 'network',
    tls: 'tls',
    proxy: 'proxy',
    timeout: 'timeout',
    truncated: 'directory_incomplete',
    not_json: 'directory_answer_invalid',
    invalid: 'directory_answer_invalid',
    too_large: 'directory_answer_invalid',
    foreign_link: 'foreign_link',
};

/** Ids of Mattermost's AppError (server/i18n/en.json of version 11). */
export const mattermostIds: Readonly<Record<string, ErrorCode>> = {
    'api.user.create_user.user_limits.exceeded': 'user_limit',
    'api.user.create_user.license_user_limits.exceeded': 'user_limit',
    'app.user.update_active.user_limit.exceeded': 'user_limit',
    'app.user.update_active.license_user_limit.exceeded': 'user_limit',
    'app.team.join_user_to_team.max_accounts.app_error': 'team_member_limit',
    'app.team.join_user_to_team.save_member.max_accounts.app_error': 'team_member_limit',
    'app.create_basic_user.save_member.max_accounts.app_error': 'team_member_limit',
    'app.user.save.email_exists.app_error': 'email_taken',
    'app.user.update_auth_data.email_exists.app_error': 'auth_data_taken',
    'entrasync.account_with_password': 'account_changed',
    'app.user.save.username_exists.app_error': 'username_taken',
    'api.user.create_user.accepted_domain.app_error': 'email_domain_refused',
    'api.user.update_user.accepted_domain.app_error': 'email_domain_refused',
    'api.user.update_user.accepted_guest_domain.app_error': 'email_domain_refused',
    'model.user.is_valid.email.app_error': 'email_invalid',
    'model.user.is_valid.username.app_error': 'username_invalid',
    'model.user.is_valid.password_limit.app_error': 'password_invalid',
    'model.user.pre_save.password_too_long.app_error': 'password_invalid',
    'api.user.update_password.failed.app_error': 'password_invalid',
    'app.user.missing_account.const': 'account_not_found',
    'app.user.get_by_auth.missing_account.app_error': 'account_not_found',
    'app.user.update.find.app_error': 'account_not_found',
    'app.user.save.app_error': 'database_failed',
    'app.user.get.app_error': 'database_failed',
    'app.user.update.finding.app_error': 'database_failed',
    'app.user.save.groupname.app_error': 'database_failed',
    'app.team.get.find.app_error': 'target_not_found',
    'app.channel.get.existing.app_error': 'target_not_found',
    'api.channel.add_members.user_denied': 'target_group_constrained',
    'api.team.add_members.user_denied': 'target_group_constrained',
    'api.channel.add_user.to.channel.rejected': 'target_access_controlled',
    'app.team.save.existing.app_error': 'target_name_taken',
    'store.sql_channel.save_channel.exists.app_error': 'target_name_taken',
    'store.sql_channel.save_channel.limit.app_error': 'target_channel_limit',
    'api.team.join_user_to_team.allowed_domains.app_error': 'team_domain_refused',
    'app.team.get_member.missing.app_error': 'not_in_team',
    'api.channel.add_user.to.channel.failed.deleted.app_error': 'not_in_team',
    'app.channel.get_member.missing.app_error': 'not_in_target',
    'app.channel.add_member.deleted_user.app_error': 'account_inactive',
    'api.channel.remove.default.app_error': 'default_channel',
    'app.user.update.lastAdmin.app_error': 'last_admin',
};
