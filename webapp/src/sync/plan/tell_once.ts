import type {Change} from '../types';

/** Skips that only last for a while. They have a line in each run, so that the history shows how the wait goes on. */
const WAITING: ReadonlySet<Change['reason']> = new Set(['retry_waits', 'missing_waits', 'out_of_scope_waits', 'grace_period', 'waits_for_approval', 'leave_unproved', 'role_unproved']);

/**
 * Whether a line says something that stays as it is until an administrator or the directory changes it. A skip is told once. A
 * conflict is told in each run until an administrator acknowledges it.
 */
export function isStanding({action, reason}: Pick<Change, 'action' | 'reason'>): boolean {
    return action === 'conflict' || (action === 'skip' && !WAITING.has(reason));
}
