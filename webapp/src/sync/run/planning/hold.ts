import {expiryOf, holdOf, type Impact} from '../../guard/guard';
import {guardKinds, lineHoldKinds} from '../../lists';
import type {Ports} from '../../ports';
import type {ChangeOutcome, HeldKind, Hold, HoldKind} from '../../types';

import {taskKinds, type HeldLine, type TaskKind, type Tasks} from '../applying/tasks';
import type {RunContext} from '../context/run_context';
import type {Linked} from '../reading/links';

/** Held changes that are written to the history at once. */
const BATCH_SIZE = 1000;

const TASKS_OF_HOLD: Record<HoldKind, readonly TaskKind[]> = {
    deactivations: ['deactivate'],
    email_changes: ['email'],
    username_changes: ['username'],
    auth_data_changes: ['auth_data'],
    creations: ['create'],
    reactivations: ['reactivate'],
    emptied_fields: ['empty'],
    directory_shrunk: taskKinds,

    // Memberships are planned after the accounts (run/memberships).
    leaves_per_target: [],
    leaves: [],
    target_emptied: [],
    first_removal: [],

    // Lines that need an approval of their own have no tasks.
    privileged_account: [],
    unverified_email: [],
    relink: [],
    scope_attribute_changed: [],
    waits_for_held: [],
    system_role: [],
};

/** What the guard weighs besides the tasks. */
interface Weighed {
    linked: Linked;

    /** Changes that earlier runs made of other accounts. */
    recent: Impact['recent'];

    /** Existing accounts that the run links. */
    adopted: number;
    is_first_import: boolean;
}

/**
 * Removes the changes that need an approval from the tasks and marks them as held in the history: those of a kind of which there are
 * too many, and single lines that are held whatever their number, which count toward their kind as well. Returns what was held, or null.
 */
export async function holdBack(tasks: Tasks, weighed: Weighed, {policy, now, ports, progress, mode}: RunContext): Promise<Hold | null> {
    const {held_lines} = tasks;
    const impact = impactOf(tasks, weighed);
    const hold = holdOf(impact, policy.guard, now);
    const kinds = hold?.kinds ?? [];
    for (const {kind} of kinds) {
        for (const held of TASKS_OF_HOLD[kind]) {
            progress.counts.held += tasks.count(held);
            const dependent = policy.lifecycle.release_addresses && (held === 'email' || held === 'deactivate') ? tasks.accountsOf(held) : [];
            await recordHeld(tasks.remove(held), ports);
            const waiting = tasks.removeDependent(dependent);
            progress.counts.held += waiting.length;
            await recordHeld(waiting, ports);
        }
    }
    progress.counts.held += held_lines.length;
    if (mode === 'apply') {
        await recordHeld(held_lines.map(({seq}) => seq), ports);
    }
    const ofLines = kindsOfLines(held_lines, impact, kinds);
    return ofLines.length === 0 ? hold : {kinds: [...kinds, ...ofLines], expires_at: expiryOf(policy.guard, now)};
}

function impactOf(tasks: Tasks, {linked, recent, adopted, is_first_import}: Weighed): Impact {
    const count = (kind: TaskKind) => tasks.count(kind) + tasks.held_lines.filter((line) => line.kind === kind).length;
    const planned = Object.fromEntries(guardKinds.map((kind) => [kind, count(TASKS_OF_HOLD[kind][0]!)])) as Impact['planned'];
    return {linked: linked.total, found: linked.found, adopted, planned, recent, is_first_import};
}

/** The kinds of the single lines; a kind that is held as a whole already counts them. */
function kindsOfLines(lines: readonly HeldLine[], impact: Impact, held: readonly HeldKind[]): HeldKind[] {
    return [...guardKinds, ...lineHoldKinds].filter((kind) => !held.some((whole) => whole.kind === kind)).
        map((kind): HeldKind => ({kind, count: lines.filter(({approval_kinds}) => approval_kinds.includes(kind)).length, total: impact.linked})).
        filter(({count}) => count > 0);
}

/** Marks lines as held in the history. */
export async function recordHeld(seqs: readonly number[], ports: Ports): Promise<void> {
    const outcomes = seqs.map((seq): ChangeOutcome => ({seq, status: 'held', account_id: '', username: '', error: null}));
    for (let start = 0; start < outcomes.length; start += BATCH_SIZE) {
        await ports.changes.finish({outcomes: outcomes.slice(start, start + BATCH_SIZE)});
    }
}
