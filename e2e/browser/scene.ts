import {send} from '../graph_client/tenant_process';
import type {Run} from '../../webapp/src/sync/types';

import {eventually} from './eventually';
import {sceneVariable} from './global_setup';
import type {Account, Introduction} from './scene_process';

/** A fault of the simulated tenant (e2e/tenant/fault.go). */
interface TenantFault {
    match?: 'any' | 'token' | 'users' | 'groups';
    kind: string;
    skip?: number;
    times?: number;
    delay_ms?: number;
}

/** A user object as Graph returns it. */
export type Person = {id: string; displayName: string; userPrincipalName: string; mail: string; accountEnabled: boolean; userType: string};

type Values = Record<string, unknown>;

/** In milliseconds. */
const day = 24 * 60 * 60 * 1000;

/** The settings at the start of every test: those of the simulated tenant, with no users allowed. */
const startingSettings: Values = {
    credential: 'secret', clientcertificate: '', cloud: 'custom', enabled: false, schedule: '0 3 * * *', timezone: 'Asia/Seoul',
    incrementalminutes: 0, triggertoken: '', webhookurl: '', policy: {version: 1},
};

/** Controls the scene: its server as the administrator, and its tenant. */
export class Scene {
    private token = '';

    constructor(readonly introduction: Introduction) {}

    /** The scene that all test files share. */
    static shared(): Scene {
        return new Scene(JSON.parse(process.env[sceneVariable] ?? '') as Introduction);
    }

    get server(): string {
        return this.introduction.server;
    }

    /** Resets tenant and settings to the start of every test. Accounts and history are kept. */
    async reset(settings: Values = {}): Promise<void> {
        const {url, tenant_id, client_id, client_secret} = this.introduction.tenant;
        await this.control('POST', 'reset');
        await this.stopRun();
        const connection = {tenantid: tenant_id, clientid: client_id, clientsecret: client_secret, loginurl: url, graphurl: url};
        await this.configure({...startingSettings, ...connection, ...settings});
    }

    /** Changes settings of the plugin. Keys are in lowercase, as the server stores them. */
    async configure(settings: Values): Promise<void> {
        const config = await this.ask<{PluginSettings: {Plugins: Record<string, Values>}}>('GET', '/api/v4/config');
        const {Plugins} = config.PluginSettings;
        await this.ask('PUT', '/api/v4/config/patch', {
            PluginSettings: {Plugins: {...Plugins, entrasync: {...Plugins.entrasync, ...settings}}},
        });
    }

    /** A setting of the plugin as stored on the server. The key is in lowercase. */
    async setting(key: string): Promise<unknown> {
        const config = await this.ask<{PluginSettings: {Plugins: Record<string, Values>}}>('GET', '/api/v4/config');
        return config.PluginSettings.Plugins.entrasync?.[key];
    }

    /** Identifies the stored settings, secrets included. */
    async revision(): Promise<string> {
        const {settings_revision: revision} = await this.plugin<{settings_revision: string}>('GET', '/status');
        return revision;
    }

    /** Enables or disables the plugin, as Plugin Management does. */
    async enable(isEnabled: boolean): Promise<void> {
        await this.ask('POST', `/api/v4/plugins/entrasync/${isEnabled ? 'enable' : 'disable'}`);
    }

    /** Creates an account that can view the System Console and cannot change anything. */
    async createReader(): Promise<Account> {
        const account = {username: `reader.${Date.now()}`, password: 'Reader-of-the-console-1'};
        const {id} = await this.ask<{id: string}>('POST', '/api/v4/users', {...account, email: `${account.username}@console.example`});
        await this.ask('PUT', `/api/v4/users/${id}/roles`, {roles: 'system_user system_read_only_admin'});
        return account;
    }

    /** Sets the language of an account. The plugin describes errors in it. */
    async speak(locale: string, {username}: Account = this.introduction.admin): Promise<void> {
        const {id} = await this.ask<{id: string}>('GET', `/api/v4/users/username/${username}`);
        await this.ask('PUT', `/api/v4/users/${id}/patch`, {locale});
    }

    setFault(fault: TenantFault): Promise<unknown> {
        return this.control('POST', 'faults', fault);
    }

    clearFaults(): Promise<unknown> {
        return this.control('DELETE', 'faults');
    }

    replacePeople(people: Person[]): Promise<unknown> {
        return this.control('PUT', 'people', {value: people});
    }

    async people(): Promise<Person[]> {
        const {value} = await this.control('GET', 'people') as {value: Person[]};
        return value;
    }

    /** Disables users of the tenant, as an administrator does in Entra when users leave. */
    disable(people: Person[]): Promise<void> {
        return this.change(people, {accountEnabled: false});
    }

    /** Changes attributes of users of the tenant. */
    async change(people: Person[], attributes: Partial<Person>): Promise<void> {
        for (const {id} of people) {
            await this.control('PATCH', `people/${id}`, attributes);
        }
    }

    /** Lets the current client secret expire in this number of days. */
    expireSecret(days: number): Promise<unknown> {
        const hint = this.introduction.tenant.client_secret.slice(0, 3);
        return this.control('PUT', 'secrets', [{hint, ends_at: new Date(Date.now() + (days * day)).toISOString()}]);
    }

    /** The groups of the tenant with their object IDs. */
    async groups(): Promise<Array<{id: string; displayName: string}>> {
        const {value} = await this.control('GET', 'groups') as {value: Array<{id: string; displayName: string}>};
        return value;
    }

    /** Waits until the schedule is slowed because one of its runs failed. */
    async waitForQuarantine(patience: number): Promise<void> {
        await eventually(() => this.plugin<{quarantine: unknown}>('GET', '/status'), ({quarantine}) => quarantine !== null, patience);
    }

    /** Whether the account with this email address is active. */
    async isActive(email: string): Promise<boolean> {
        const {delete_at: deletedAt} = await this.ask<{delete_at: number}>('GET', `/api/v4/users/email/${encodeURIComponent(email)}`);
        return deletedAt === 0;
    }

    /** A team of the server with this name, which is created if it is missing. */
    async team(name: string, displayName: string): Promise<string> {
        const found = await this.ask<Array<{id: string; name: string}>>('POST', '/api/v4/teams/search', {term: name});
        const known = found.find((team) => team.name === name);
        return (known ?? await this.ask<{id: string}>('POST', '/api/v4/teams', {name, display_name: displayName, type: 'O'})).id;
    }

    /** A private channel of a team, likewise. */
    async privateChannel(teamId: string, name: string, displayName: string): Promise<string> {
        const channels = await this.ask<Array<{id: string; name: string}>>('GET', `/api/v4/teams/${teamId}/channels/private?per_page=200`);
        const known = channels.find((channel) => channel.name === name);
        return (known ?? await this.ask<{id: string}>('POST', '/api/v4/channels', {team_id: teamId, name, display_name: displayName, type: 'P'})).id;
    }

    /** The channels of a team, private ones too, each with how many members it has. */
    async channels(teamId: string): Promise<Array<{id: string; name: string; display_name: string; members: number}>> {
        const list = (kind: string) => this.ask<Array<{id: string; name: string; display_name: string}>>('GET', `/api/v4/teams/${teamId}/channels${kind}?per_page=200`);
        const channels = [...await list(''), ...await list('/private')];
        return Promise.all(channels.map(async (channel) => {
            const {member_count: members} = await this.ask<{member_count: number}>('GET', `/api/v4/channels/${channel.id}/stats`);
            return {...channel, members};
        }));
    }

    /** How many members a team has. */
    async members(teamId: string): Promise<number> {
        return (await this.ask<{total_member_count: number}>('GET', `/api/v4/teams/${teamId}/stats`)).total_member_count;
    }

    /** Runs to the end without the page. */
    async run(mode: Run['mode'], patience?: number): Promise<Run> {
        const {id} = await this.plugin<Run>('POST', '/runs', {mode});
        return eventually(() => this.plugin<Run>('GET', `/runs/${id}`), (run) => run.state !== 'running', patience);
    }

    private async stopRun(): Promise<void> {
        const status = () => this.plugin<{current_run: Run | null}>('GET', '/status');
        const {current_run: current} = await status();
        if (current) {
            await this.plugin('POST', `/runs/${current.id}/cancel`);
            await eventually(status, (now) => now.current_run === null);
        }
    }

    private plugin<T>(method: string, path: string, body?: unknown): Promise<T> {
        return this.ask(method, `/plugins/entrasync/api/v1${path}`, body);
    }

    private async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
        this.token ||= await this.signIn();
        const answer = await fetch(this.server + path, {method, headers: {Authorization: `Bearer ${this.token}`}, body: JSON.stringify(body)});
        if (!answer.ok) {
            throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
        }
        return await answer.json() as T;
    }

    private async signIn(): Promise<string> {
        const {username, password} = this.introduction.admin;
        const answer = await fetch(`${this.server}/api/v4/users/login`, {method: 'POST', body: JSON.stringify({login_id: username, password})});
        const token = answer.headers.get('Token');
        if (!token) {
            throw new Error(`the administrator cannot sign in: ${answer.status} ${await answer.text()}`);
        }
        return token;
    }

    private async control(method: string, path: string, body?: unknown): Promise<unknown> {
        const {url, ca, control_key: key} = this.introduction.tenant;
        const options = {method, ca, headers: {'X-Tenant-Control-Key': key}};
        const answer = await send(`${url}/_control/${path}`, options, body === undefined ? undefined : JSON.stringify(body));
        if (answer.status >= 300) {
            throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
        }
        return answer.body === '' ? undefined : JSON.parse(answer.body);
    }
}
