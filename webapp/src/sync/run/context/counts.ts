import type {Counts} from '../../types';

export function emptyCounts(): Counts {
    return {
        directory: 0,
        in_scope: 0,
        created: 0,
        updated: 0,
        reactivated: 0,
        deactivated: 0,
        unchanged: 0,
        skipped: 0,
        conflicts: 0,
        failed: 0,
        held: 0,
    };
}
