import type {Fault} from '../errors';
import {sanitizeText} from '../faults/sanitize';
import {unfollowedAttributes} from '../mapping/auth_data';
import {parsePolicy} from '../policy/parse';
import type {Policy} from '../policy/policy';
import {signInFault} from '../server_rules/sign_in';
import {DAY_MS, HOUR_MS} from '../time';
import type {ServerRules} from '../types';

import {checkOrigin, checkWebAddress} from './addresses';
import {cloudHosts, isCloud, type CloudHosts} from './clouds';
import {credentials, type Credential, type SettingFacts, type SettingKey} from './descriptors';

/** The settings as the host sees them: the value of no secret but an address, and for what only Go can check, the fault it found ('' = fine). */
export interface Settings extends SettingFacts {
    client_secret_is_uuid: boolean;
    certificate_error: string;
    schedule_error: string;
    time_zone_error: string;
    initial_password_error: string;

    /** The keys of the secrets that contain the asterisks with which Mattermost hides them. They count as not set. */
    masked_secrets: string[];

    /** Characters of the trigger token; 0 for none. */
    trigger_token_length: number;

    /** The address of the result webhook. It is a secret, because the address is often all that a sender needs, so no fault repeats it. */
    webhook_url: string;
    database_driver: string;
    server_rules: ServerRules;
}

/** What the host needs to know about the settings for its own part. Addresses are origins without a slash at the end. */
interface HostSettings extends CloudHosts {

    /** At least as long as changes count toward the safety limits. */
    keep_days: number;
    concurrency: number;
}

interface CheckedSettings {

    /** False while the connection to Entra is incomplete. True does not mean that it is correct. */
    configured: boolean;

    /** While there is one, no run may start. */
    faults: Fault[];

    /** What the server cannot do of the policy, and what will lock users out. Runs start. */
    warnings: Fault[];
    host: HostSettings;
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const domain = /^[a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z][a-z0-9-]{1,62}$/i;

function missing(path: SettingKey): Fault {
    return {code: 'setting_missing', path};
}

function invalid(path: SettingKey, problem: string): Fault {
    return {code: 'setting_invalid', path, params: {problem}};
}

function choiceFault(path: SettingKey, value: string): Fault {
    return {code: 'setting_invalid', path, params: {problem: 'choice', value: sanitizeText(value)}};
}

function isCredential(credential: string): credential is Credential {
    return (credentials as readonly string[]).includes(credential);
}

function tenantFaults({tenant_id}: Settings): Fault[] {
    if (tenant_id.trim() === '') {
        return [missing('TenantId')];
    }
    return guid.test(tenant_id) || domain.test(tenant_id) ? [] : [invalid('TenantId', 'tenant')];
}

/** A system-assigned managed identity needs no client id; a user-assigned one does. */
function clientFaults({client_id, credential}: Settings): Fault[] {
    if (client_id.trim() === '') {
        return credential === 'managed_identity' ? [] : [missing('ClientId')];
    }
    return guid.test(client_id) ? [] : [invalid('ClientId', 'guid')];
}

function credentialFaults(settings: Settings): Fault[] {
    const {credential} = settings;
    if (!isCredential(credential)) {
        return [choiceFault('Credential', credential)];
    }
    if (credential === 'secret') {
        if (!settings.has_client_secret) {
            return [missing('ClientSecret')];
        }
        return settings.client_secret_is_uuid ? [invalid('ClientSecret', 'secret_id')] : [];
    }
    if (credential === 'certificate') {
        if (!settings.has_client_certificate) {
            return [missing('ClientCertificate')];
        }
        return toldFault('certificate_invalid', 'ClientCertificate', settings.certificate_error);
    }
    return [];
}

/** A fault that only the host can find. */
function toldFault(code: Fault['code'], path: SettingKey, error: string, params?: Fault['params']): Fault[] {
    return error === '' ? [] : [{code, path, ...(params && {params}), raw: {message: sanitizeText(error)}}];
}

function cloudFaults({cloud, login_url, graph_url}: Settings): Fault[] {
    if (!isCloud(cloud)) {
        return [choiceFault('Cloud', cloud)];
    }
    return cloud === 'custom' ? [...checkOrigin('LoginUrl', login_url), ...checkOrigin('GraphUrl', graph_url)] : [];
}

/** The parts of a schedule to check. */
type Schedule = Pick<Settings, 'schedule' | 'schedule_error' | 'time_zone' | 'time_zone_error'>;

/** Reports the faults of a schedule before it is saved. */
export function checkSchedule(schedule: Schedule): {faults: Fault[]} {
    return {faults: scheduleFaults({...schedule, enabled: true})};
}

function scheduleFaults(settings: Schedule & Pick<Settings, 'enabled'>): Fault[] {
    const empty = settings.enabled && settings.schedule.trim() === '';
    return [
        ...(empty ? [missing('Schedule')] : toldFault('schedule_invalid', 'Schedule', settings.schedule_error)),
        ...toldFault('time_zone_invalid', 'TimeZone', settings.time_zone_error, {value: sanitizeText(settings.time_zone)}),
    ];
}

/** Graph limits requests, and a link to changes is valid for seven days at most. */
const INCREMENTAL_MINUTES = {minimum: 5, maximum: 1440};

function incrementalFaults({incremental_minutes: minutes}: Settings): Fault[] {
    const {minimum, maximum} = INCREMENTAL_MINUTES;
    return minutes === 0 || (minutes >= minimum && minutes <= maximum) ?
        [] :
        [{code: 'setting_invalid', path: 'IncrementalMinutes', params: {problem: 'minutes', minimum, maximum}}];
}

/** Characters of a token that the System Console generates. A shorter one can be guessed. */
const MIN_TOKEN = 32;

function tokenFaults({trigger_token_length: length}: Settings): Fault[] {
    return length === 0 || length >= MIN_TOKEN ? [] : [{code: 'setting_invalid', path: 'TriggerToken', params: {problem: 'token', minimum: MIN_TOKEN}}];
}

function passwordFaults(settings: Settings, policy: Policy): Fault[] {
    if (policy.accounts.sign_in.method !== 'initial_password') {
        return [];
    }
    return settings.has_initial_password ?
        toldFault('initial_password_weak', 'InitialPassword', settings.initial_password_error) :
        [missing('InitialPassword')];
}

/** A policy that creates no accounts needs no sign-in method for them. */
function signInWarnings({server_rules}: Settings, {accounts, lifecycle}: Policy): Fault[] {
    const fault = lifecycle.create || lifecycle.reactivate ? signInFault(accounts.sign_in, server_rules) : null;
    return fault ? [fault] : [];
}

/** Users whose sign-in data changes and whose accounts do not follow it cannot sign in any more. */
function followWarnings(policy: Policy): Fault[] {
    const attributes = unfollowedAttributes(policy);
    return attributes.length === 0 ? [] : [{code: 'auth_data_unfollowed', path: 'Policy.mapping.auth_data', params: {attributes: attributes.join(', ')}}];
}

/** A secret that is not in use does no harm. */
function maskFaults({masked_secrets, credential}: Settings, policy: Policy): Fault[] {
    const isUsed: Partial<Record<SettingKey, boolean>> = {
        ClientSecret: credential === 'secret',
        ClientCertificate: credential === 'certificate',
        InitialPassword: policy.accounts.sign_in.method === 'initial_password',
    };
    return masked_secrets.filter((key) => isUsed[key as SettingKey] ?? true).map((path) => ({code: 'secret_masked', path}));
}

/** An unknown driver ('') is left to the store, which refuses it. */
function databaseFaults({database_driver}: Settings): Fault[] {
    return database_driver === '' || database_driver === 'postgres' ?
        [] :
        [{code: 'database_unsupported', params: {value: sanitizeText(database_driver)}}];
}

/** Nothing is entered yet: one friendly fault is better than a long list. */
function isUntouched(settings: Settings): boolean {
    return [settings.tenant_id, settings.client_id].every((text) => text.trim() === '') &&
        !settings.has_client_secret && !settings.has_client_certificate;
}

function hostOf({cloud, login_url, graph_url}: Settings, policy: Policy): HostSettings {
    const own = {login_url: login_url.replace(/\/$/, ''), graph_url: graph_url.replace(/\/$/, '')};
    return {
        ...(isCloud(cloud) && cloud !== 'custom' ? cloudHosts[cloud] : own),
        keep_days: Math.max(policy.history.keep_days, Math.ceil(policy.guard.window_hours * HOUR_MS / DAY_MS)),
        concurrency: policy.limits.concurrency,
    };
}

function defaultPolicy(): Policy {
    const {policy} = parsePolicy('');
    if (!policy) {
        throw new Error('the default policy is not valid');
    }
    return policy;
}

/** Reports every fault of the settings at once, each with the path of the setting. An invalid policy counts as the default one. */
export function checkSettings(settings: Settings): CheckedSettings {
    const parsed = parsePolicy(settings.policy);
    const policy = parsed.policy ?? defaultPolicy();
    const host = hostOf(settings, policy);
    if (isUntouched(settings)) {
        return {configured: false, faults: [{code: 'not_configured'}, ...databaseFaults(settings)], warnings: [], host};
    }
    const {configured, faults} = checkEach(settings);
    return {configured, faults: [...faults, ...databaseFaults(settings)], warnings: [...signInWarnings(settings, policy), ...followWarnings(policy)], host};
}

/** Reports every fault of settings that are being entered, also of a new installation. */
export function checkEach(settings: Settings): Pick<CheckedSettings, 'configured' | 'faults'> {
    const parsed = parsePolicy(settings.policy);
    const policy = parsed.policy ?? defaultPolicy();
    const masked = maskFaults(settings, policy);
    const isMasked = ({path}: Fault) => masked.some((fault) => fault.path === path);
    const connection = [...tenantFaults(settings), ...clientFaults(settings), ...credentialFaults(settings), ...cloudFaults(settings)];
    const faults = [
        ...connection,
        ...scheduleFaults(settings),
        ...incrementalFaults(settings),
        ...tokenFaults(settings),
        ...checkWebAddress('WebhookUrl', settings.webhook_url),
        ...passwordFaults(settings, policy),
        ...parsed.faults,
    ];
    const configured = connection.every((fault) => fault.code !== 'setting_missing' || isMasked(fault));
    return {configured, faults: [...masked, ...faults.filter((fault) => !isMasked(fault))]};
}
