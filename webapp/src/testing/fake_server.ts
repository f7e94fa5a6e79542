/** The plugin's HTTP API in memory, in place of the browser's `fetch`. */

export interface FakeRequest {
    method: string;
    url: string;

    /** Below `/plugins/entrasync/api/v1`, without the query; the whole path of a request to Mattermost itself. */
    path: string;
    query: Record<string, string>;
    headers: Record<string, string>;
    body: unknown;
}

type Answer = {status: number; body: unknown} | Error;
type Answerer = (request: FakeRequest) => Answer | Promise<Answer>;

const base = '/plugins/entrasync/api/v1';

export class FakeServer {
    readonly requests: FakeRequest[] = [];
    /** The server's clock, as the header `Date` has it; null sends none. */
    date: string | null = null;
    private readonly headers = {get: (name: string) => (name === 'Date' ? this.date : null)};
    private readonly routes = new Map<string, Answerer>();
    private readonly browserFetch = globalThis.fetch;

    /** Answers `route` (such as `GET /status`) with `body` from now on; texts are sent as they are. */
    on(route: string, body: unknown, status = 200): void {
        this.routes.set(route, () => ({status, body}));
    }

    onRequest(route: string, answerer: Answerer): void {
        this.routes.set(route, answerer);
    }

    sent(route: string): FakeRequest[] {
        return this.requests.filter(({method, path}) => `${method} ${path}` === route);
    }

    install(): void {
        globalThis.fetch = this.fetch as typeof fetch;
    }

    uninstall(): void {
        globalThis.fetch = this.browserFetch;
    }

    private readonly fetch = async (url: string, options: RequestInit) => {
        const request = requestOf(url, options);
        this.requests.push(request);
        const answerer = this.routes.get(`${request.method} ${request.path}`);
        const answer = answerer ? await answerer(request) : {status: 404, body: '404 page not found'};
        if (options.signal?.aborted) {
            throw new DOMException('aborted', 'AbortError');
        }
        if (answer instanceof Error) {
            throw answer;
        }
        const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
        return {ok: answer.status < 300, status: answer.status, headers: this.headers as unknown as Headers, text: async () => text};
    };
}

function requestOf(address: string, options: RequestInit): FakeRequest {
    const url = new URL(address);
    return {
        method: String(options.method).toUpperCase(),
        url: address,
        path: pathOf(url.pathname),
        query: Object.fromEntries(url.searchParams),
        headers: options.headers as Record<string, string>,
        body: typeof options.body === 'string' ? JSON.parse(options.body) : undefined,
    };
}

function pathOf(pathname: string): string {
    const at = pathname.indexOf(base);
    return at < 0 ? pathname.slice(pathname.indexOf('/api/v4')) : pathname.slice(at + base.length);
}
