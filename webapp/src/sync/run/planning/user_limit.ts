import type {Ports} from '../../ports';
import type {Room} from '../../types';

import type {TaskKind} from '../applying/tasks';

/** How many of the planned accounts exceed the server's user limit. Deactivations come first and free seats; reactivated accounts need one, too. */
export function overflow(planned: Record<'create' | 'reactivate' | 'deactivate', number>, {limit, active}: Room): number {
    if (limit === null) {
        return 0;
    }
    const free = Math.max(0, limit - (active - planned.deactivate));
    return Math.max(0, planned.create + planned.reactivate - free);
}

/** Compares a plan with the server's user limit, which is read only when accounts would become active. */
export async function countOverflow(count: (kind: TaskKind) => number, ports: Ports): Promise<number> {
    const planned = {create: count('create'), reactivate: count('reactivate'), deactivate: count('deactivate')};
    return planned.create + planned.reactivate === 0 ? 0 : overflow(planned, await ports.accounts.room());
}
