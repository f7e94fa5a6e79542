import type {Change} from '../types';

/** The lines of the history that later runs do not repeat, in memory (in the database: server/store/told.go). */
export class MemoryTold {
    private before = new Set<string>();
    private now = new Set<string>();
    private readonly acknowledged = new Set<string>();

    /** The `seq`s of the lines in `tell_once` that are known, and all other lines. It remembers the skips. */
    split(changes: Change[], tell_once: number[]): {known: number[]; others: Change[]} {
        const known = changes.filter((change) => tell_once.includes(change.seq) && this.isKnown(change));
        return {known: known.map(({seq}) => seq), others: changes.filter((change) => !known.includes(change))};
    }

    private isKnown(change: Change): boolean {
        const line = lineOf(change);
        if (change.action === 'conflict') {
            return this.acknowledged.has(line);
        }
        this.now.add(line);
        return this.before.has(line);
    }

    /** Forgets what this run has not told. */
    forget(): void {
        this.before = this.now;
        this.now = new Set();
    }

    acknowledge(conflict: Change): void {
        this.acknowledged.add(lineOf(conflict));
    }
}

/** What a line says, and about which user. */
function lineOf({object_id, action, reason, account_id, email, reason_params, fields}: Change): string {
    return JSON.stringify([object_id, action, reason, account_id, email, reason_params, fields]);
}
