/**
 * The closed list of all error codes. Every code has a message and a hint in English and Korean (messages/en.ts,
 * messages/ko.ts). The Go server only names a code; it has no texts of its own.
 */
export const errorCodes = [

    // Settings
    'not_configured', 'setting_missing', 'setting_invalid', 'policy_invalid', 'schedule_invalid', 'time_zone_invalid', 'url_not_https',
    'certificate_invalid', 'database_unsupported', 'initial_password_weak', 'sign_in_unavailable', 'auth_data_unfollowed', 'secret_masked', 'settings_outdated',

    // Microsoft sign-in
    'secret_expired', 'secret_wrong', 'app_not_found', 'app_disabled', 'tenant_not_found', 'tenant_in_other_cloud', 'certificate_rejected',
    'federation_mismatch', 'resource_not_found', 'conditional_access', 'sign_in_failed',

    // Microsoft Graph
    'consent_missing', 'token_rejected', 'throttled', 'directory_unavailable', 'directory_answer_invalid', 'directory_incomplete', 'foreign_link',
    'resync_required', 'person_not_found', 'person_ambiguous', 'directory_refused', 'group_not_found', 'group_consent_missing', 'attributes_unknown', 'tenant_unknown', 'tenant_changed',

    // Network
    'network', 'proxy', 'tls', 'timeout',

    // Mattermost
    'user_limit', 'team_member_limit', 'email_taken', 'username_taken', 'auth_data_taken', 'email_invalid', 'email_domain_refused', 'username_invalid',
    'password_invalid', 'field_invalid', 'attributes_unusable', 'account_not_found', 'account_changed', 'mattermost_refused', 'database_failed',

    // Teams and channels of Mattermost
    'target_archived', 'target_not_found', 'target_group_constrained', 'target_access_controlled', 'target_name_taken', 'target_channel_limit', 'team_domain_refused',
    'not_in_team', 'not_in_target', 'account_inactive', 'guest_refused', 'default_channel', 'last_admin', 'plugin_refused',

    // Runs and requests
    'run_in_progress', 'run_not_found', 'no_run', 'cancelled', 'interrupted', 'lock_lost', 'engine_limit', 'internal',
    'not_signed_in', 'forbidden', 'token_wrong', 'token_limited', 'not_found', 'method_not_allowed', 'request_invalid', 'request_too_large', 'nothing_held', 'approval_expired', 'approval_unnamed',
    'nothing_planned', 'plan_unfinished', 'plan_expired', 'change_outdated',
    'too_many_failures',
    'command_unknown', 'command_usage',
] as const;

export type ErrorCode = typeof errorCodes[number];

/** The response of the remote system, shown next to our own texts: Microsoft's code and trace id, an HTTP status. Never a secret. */
export interface RawFault {
    status?: number;
    code?: string;
    message?: string;
    trace_id?: string;
}

/** A failure as data. `params` fill the placeholders of the message; `path` names the setting or key at fault. */
export interface Fault {
    code: ErrorCode;
    params?: Record<string, string | number>;
    path?: string;
    raw?: RawFault;
}

/** A fault in the reader's words, as the HTTP API answers it. */
export interface DescribedFault extends Fault {
    message: string;
    hint: string;
}

/** A fault as an Error. Recognize it by `name`, not by class: it can come from another realm. */
export class SyncError extends Error {
    override readonly name = 'SyncError';

    constructor(readonly fault: Fault, options?: {cause?: unknown}) {
        super(fault.raw?.message ? `${fault.code}: ${fault.raw.message}` : fault.code, options);
    }
}

/** The fault that `error` carries, or undefined when it is a programming error. */
export function faultOf(error: unknown): Fault | undefined {
    if (typeof error === 'object' && error !== null && (error as Error).name === 'SyncError') {
        return (error as SyncError).fault;
    }
    return undefined;
}
