import {SyncError} from '../../errors';
import type {Awaitable} from '../../ports';

/** Pages in a row without a new user. Graph may send empty pages, but not so many. */
const MAX_IDLE_PAGES = 100;

/** The error messages for pages that do not end, in terms of what is read. */
interface Complaints {

    /** A link came twice. */
    repeated: string;

    /** Page after page has nothing new. */
    idle: string;
}

/** Follows the links from page to page and throws when they never end. */
export class PageTrail {
    private readonly cursors = new Set<string>();
    private idlePages = 0;

    constructor(private readonly complaints: Complaints) {}

    /** Notes that the page at `cursor` has been read, and where it leads; '' is the end. */
    follow(cursor: string, next: string, hasNews: boolean): void {
        this.idlePages = hasNews ? 0 : this.idlePages + 1;
        this.cursors.add(cursor);
        if (next !== '' && this.cursors.has(next)) {
            throw endless(this.complaints.repeated);
        }
        if (this.idlePages > MAX_IDLE_PAGES) {
            throw endless(this.complaints.idle);
        }
    }
}

/**
 * Reads page after page to the end; `of` says what is on them, in the singular. `take` gets each page and returns whether it has
 * something new. Throws when the pages never end.
 */
export async function eachPage<P extends {next: string}>(of: string, read: (cursor: string) => Awaitable<P>, take: (page: P) => boolean): Promise<void> {
    const trail = new PageTrail({
        repeated: `the directory sent a link to ${of}s that it had sent before`, idle: `the directory sends page after page without a new ${of}`});
    let cursor = '';
    do {
        const page = await read(cursor);
        trail.follow(cursor, page.next, take(page));
        cursor = page.next;
    } while (cursor !== '');
}

function endless(message: string): SyncError {
    return new SyncError({code: 'directory_incomplete', raw: {message}});
}
