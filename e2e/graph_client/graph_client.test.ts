import {ClientSecretCredential} from '@azure/identity';
import {Client, type Context, type GraphError, type Middleware, MiddlewareFactory, PageIterator} from '@microsoft/microsoft-graph-client';
import {TokenCredentialAuthenticationProvider} from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials';

import {send, startTenant, type Tenant} from './tenant_process';

type Person = {id: string; displayName: string | null};

type Change = Partial<Person> & {id: string; '@removed'?: {reason: string}};

/** What an advanced query needs on every page. */
const eventual = {ConsistencyLevel: 'eventual'};

/** Microsoft's own client against the simulated tenant, to verify that the tenant behaves like Microsoft's. */
describe('@azure/identity and @microsoft/microsoft-graph-client', () => {
    let tenant: Tenant;

    // The first start compiles the tenant.
    beforeAll(async () => {
        tenant = await startTenant();
    }, 600_000);
    afterAll(() => tenant?.stop());
    beforeEach(() => tenant.control('POST', 'reset'));

    function credential(secret = tenant.client_secret): ClientSecretCredential {
        return new ClientSecretCredential(tenant.tenant_id, tenant.client_id, secret, {
            authorityHost: tenant.url,
            disableInstanceDiscovery: true,
            tlsOptions: {ca: tenant.ca},
            retryOptions: {maxRetries: 0},
        } as ConstructorParameters<typeof ClientSecretCredential>[3]);
    }

    /** Microsoft's whole middleware chain, with fetch at its end replaced by one that trusts the tenant. */
    function graph(): Client {
        const provider = new TokenCredentialAuthenticationProvider(credential(), {scopes: [`${tenant.url}/.default`]});
        const chain = MiddlewareFactory.getDefaultMiddlewareChain(provider).slice(0, -1);
        return Client.initWithMiddleware({
            baseUrl: tenant.url,
            customHosts: new Set([new URL(tenant.url).hostname]),
            middleware: [...chain, lastLink(tenant.ca)],
        });
    }

    async function readEverybody(pageSize: number): Promise<Person[]> {
        const client = graph();
        const people: Person[] = [];
        const first = await client.api('/users').version('v1.0').select('id,displayName').top(pageSize).get();
        await new PageIterator(client, first, (person: Person) => people.push(person) > 0).iterate();
        return people;
    }

    test('read all users, page by page', async () => {
        const served = await tenant.control('GET', 'people') as {value: Person[]};
        const people = await readEverybody(50);
        expect(people).toEqual(served.value.map(({id, displayName}) => ({id, displayName})));
        expect(people).toHaveLength(120);
    });

    test('wait out a fractional Retry-After and go on', async () => {
        await tenant.control('POST', 'faults', {match: 'users', kind: 'throttled', retry_after: '0.05', skip: 1, times: 1});
        expect(await readEverybody(50)).toHaveLength(120);
        const log = await tenant.control('GET', 'requests') as {requests: Array<{path: string; status: number}>};
        expect(log.requests.filter(({path}) => path === '/v1.0/users').map(({status}) => status)).toEqual([200, 429, 200, 200]);
    });

    test('recognize a missing consent', async () => {
        await tenant.control('POST', 'faults', {match: 'users', kind: 'consent_missing'});
        const error = await failureOf<GraphError>(readEverybody(50));
        expect(error).toMatchObject({statusCode: 403, code: 'Authorization_RequestDenied', message: 'Insufficient privileges to complete the operation.'});
        expect(error.requestId).toBeTruthy();
    });

    test('recognize a user who does not exist', async () => {
        const error = await failureOf<GraphError>(graph().api('/users/nobody@hanbit.example').version('v1.0').get());
        expect(error).toMatchObject({statusCode: 404, code: 'Request_ResourceNotFound'});
    });

    /** Reads a round of changes from `link` to its end. */
    async function readRound(link: string): Promise<{changes: Change[]; deltaLink: string}> {
        const client = graph();
        const changes: Change[] = [];
        const iterator = new PageIterator(client, await client.api(link).get(), (change: Change) => changes.push(change) > 0);
        await iterator.iterate();
        return {changes, deltaLink: iterator.getDeltaLink() ?? ''};
    }

    test('follow the changes from round to round', async () => {
        await tenant.control('POST', 'faults', {match: 'delta', kind: 'delta_empty_page', times: 1});
        const everybody = await readRound('/users/delta?$select=displayName,mail');
        expect(everybody.changes).toHaveLength(120);
        const [changed, removed, erased] = everybody.changes.map(({id}) => id);
        await tenant.control('PATCH', `people/${changed}`, {mail: null});
        await tenant.control('DELETE', `people/${removed}`);
        await tenant.control('DELETE', `deleted/${erased}`);
        const {changes, deltaLink} = await readRound(everybody.deltaLink);
        expect(changes).toEqual(expect.arrayContaining([
            expect.objectContaining({id: changed, mail: null}),
            {id: removed, '@removed': {reason: 'changed'}},
            {id: erased, '@removed': {reason: 'deleted'}},
        ]));
        expect(changes).toHaveLength(3);
        await tenant.control('POST', `deleted/${removed}/restore`);
        expect((await readRound(deltaLink)).changes).toEqual([expect.objectContaining({id: removed, displayName: expect.any(String)})]);
    });

    test('recognize that the changes must be read again', async () => {
        const {deltaLink} = await readRound('/users/delta?$deltatoken=latest');
        await tenant.control('POST', 'faults', {match: 'delta', kind: 'resync_required', times: 1});
        expect(await failureOf<GraphError>(readRound(deltaLink))).toMatchObject({statusCode: 410, code: 'resyncRequired'});
        await tenant.control('POST', 'faults', {match: 'delta', kind: 'delta_token_expired', times: 1});
        expect(await failureOf<GraphError>(readRound(deltaLink))).toMatchObject({statusCode: 400, code: 'syncStateNotFound'});
        expect((await readRound(deltaLink)).changes).toEqual([]);
    });

    test('read the members of a group and of those within it', async () => {
        const search = await graph().api('/groups').headers(eventual).search('"displayName:headquarters"').get() as {value: Person[]};
        const members = async (headers: Record<string, string>): Promise<Person[]> => {
            const client = graph();
            const people: Person[] = [];
            const first = await client.api(`/groups/${search.value[0]?.id}/transitiveMembers/microsoft.graph.user`)
                .headers(eventual).count(true).select('id,displayName').top(9).get();
            await new PageIterator(client, first, (person: Person) => people.push(person) > 0, {headers}).iterate();
            expect(first['@odata.count']).toBe(people.length);
            return people;
        };
        const people = await members(eventual);
        expect(new Set(people.map(({id}) => id)).size).toBeGreaterThan(9);
        expect(await failureOf<GraphError>(members({}))).toMatchObject({statusCode: 400, code: 'Request_UnsupportedQuery'});
    });

    test('follow the changes of groups, and read the groups of a user', async () => {
        const {value} = await graph().api('/groups').filter("startsWith(displayName,'headq')").select('id,displayName').get() as {value: Person[]};
        expect(value.map(({displayName}) => displayName)).toEqual(['Headquarters']);
        const [{id: group}] = value as [Person];
        const {deltaLink} = await readRound('/groups/delta?$deltatoken=latest&$select=id,displayName,members');
        const {value: [user]} = await graph().api('/users').select('id').top(1).get() as {value: [Person]};
        const {members} = await tenant.control('GET', `groups/${group}/members`) as {members: string[]};
        await tenant.control('PUT', `groups/${group}/members`, {members: [...members.slice(1), user.id]});
        const {changes} = await readRound(deltaLink);
        expect(changes).toEqual([expect.objectContaining({id: group, 'members@delta': [
            {'@odata.type': '#microsoft.graph.group', id: members[0], '@removed': {reason: 'deleted'}},
            {'@odata.type': '#microsoft.graph.user', id: user.id},
        ]})]);
        const places = await graph().api(`/users/${user.id}/transitiveMemberOf`).select('id').get() as {value: Person[]};
        expect(places.value).toContainEqual({'@odata.type': '#microsoft.graph.group', id: group});
        const mixed = await graph().api(`/groups/${group}/transitiveMembers`).select('id').top(999).get() as {value: Person[]};
        expect(mixed.value).toContainEqual({'@odata.type': '#microsoft.graph.user', id: user.id});
        expect(mixed.value).toContainEqual({'@odata.type': '#microsoft.graph.group', id: members[1]});
    });

    test('recognize a group that does not exist', async () => {
        const request = graph().api('/groups/00000000-0000-4000-8000-000000000000/transitiveMembers/microsoft.graph.user').headers(eventual).count(true).get();
        expect(await failureOf<GraphError>(request)).toMatchObject({statusCode: 404, code: 'Request_ResourceNotFound'});
    });

    test('recognize a wrong secret', async () => {
        const error = await failureOf<Error>(credential('not the secret').getToken(`${tenant.url}/.default`));
        expect(error.message).toMatch(/^invalid_client: .*AADSTS7000215: Invalid client secret provided\./);
        expect(error.message).not.toContain('not the secret');
    });
});

/** The end of the chain: like fetch, but trusts the tenant's certificate authority. */
function lastLink(ca: string): Middleware {
    return {
        execute: async (context: Context) => {
            const url = typeof context.request === 'string' ? context.request : context.request.url;
            const headers = Object.fromEntries(new Headers(context.options?.headers as HeadersInit));
            const answer = await send(url, {method: context.options?.method ?? 'GET', headers, ca});
            context.response = new Response(answer.body, {status: answer.status, headers: answer.headers});
        },
    };
}

async function failureOf<E>(promise: Promise<unknown>): Promise<E> {
    try {
        await promise;
    } catch (error) {
        return error as E;
    }
    throw new Error('there was no failure');
}
