import {SyncError} from '../../errors';

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

function endless(message: string): SyncError {
    return new SyncError({code: 'directory_incomplete', raw: {message}});
}
