import {listDirectory} from '../client';
import type {DirectoryUser} from '../sync/types';

/** The directory as it was read completely the last time. */
interface LiveDirectory {
    users: DirectoryUser[];

    /** When that read ended, in ms since 1970; 0 before the first. */
    read_at: number;
}

let kept: Promise<LiveDirectory> | null = null;

/** Loads the directory once; after `forgetDirectory` the next call loads it again. */
export function directory(): Promise<LiveDirectory> {
    kept ??= load().catch((error: unknown) => {
        kept = null;
        throw error;
    });
    return kept;
}

/** A newer read may have ended. */
export function forgetDirectory(): void {
    kept = null;
}

/** The same, unless the newest read is already loaded, which a page with one user shows. */
export async function forgetStaleDirectory(): Promise<void> {
    const loaded = kept;
    if (loaded) {
        const [{read_at}, newest] = await Promise.all([loaded, listDirectory(0, 1)]);
        if (read_at !== newest.read_at && kept === loaded) {
            forgetDirectory();
        }
    }
}

/** Page by page. If a read ends in between, it starts again. */
async function load(): Promise<LiveDirectory> {
    const users: DirectoryUser[] = [];
    for (let page = 0, read_at = -1; ; page++) {
        const answer = await listDirectory(page);
        if (read_at >= 0 && answer.read_at !== read_at) {
            return load();
        }
        read_at = answer.read_at;
        users.push(...(answer.users as unknown as DirectoryUser[]));
        if (answer.users.length === 0 || users.length >= answer.total) {
            return {users, read_at};
        }
    }
}
