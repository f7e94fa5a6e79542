import type {ChangeOutcome} from '../../types';

import type {RunContext} from '../context/run_context';
import type {MembershipPlan, PlannedLines, PlannedTarget} from './plan';

/** Users who join a target with one request; what a crash can leave unfinished. */
const BATCH_SIZE = 256;

/** Makes the planned changes: teams first, because only members of a team can be in its channels. */
export async function applyMemberships({targets, users}: MembershipPlan, context: RunContext): Promise<void> {
    const ordered = [...targets.filter(({target}) => target.kind === 'team'), ...targets.filter(({target}) => target.kind === 'channel')];
    const total = ordered.reduce((sum, {lines}) => sum + lines.reduce((all, each) => all + each.users.length, 0), 0);
    let done = 0;
    for (const planned of ordered) {
        for (const lines of planned.lines) {
            for (let start = 0; start < lines.users.length; start += BATCH_SIZE) {
                const batch = lines.users.slice(start, start + BATCH_SIZE);
                await join(planned, {...lines, first_seq: lines.first_seq + start, users: batch}, users.account_ids, context);
                done += batch.length;
                await context.progress.report('apply', done, total);
            }
        }
    }
}

/**
 * Lets users join. The ledger says before that they are being added, so that a run that is cut off here leaves neither a membership that
 * looks like someone else's nor one that looks as if someone else had ended it.
 */
async function join({target}: PlannedTarget, {first_seq, rule_id, users}: PlannedLines, ids: readonly string[], {policy, ports, progress}: RunContext): Promise<void> {
    const account_ids = users.map((user) => ids[user]!);
    const target_id = target.id;
    await ports.memberships.note({notes: [{target_id, account_ids, rule_id, state: 'adding'}]});
    const {results} = await ports.memberships.join({kind: target.kind, target_id, account_ids, is_quiet: policy.memberships.announce !== 'posts'});
    const outcomes = results.map(({error}, at): ChangeOutcome => (
        {seq: first_seq + at, status: error ? 'failed' : 'done', account_id: account_ids[at]!, username: '', error}));
    const added = account_ids.filter((_, at) => results[at]!.error === null);
    const refused = account_ids.filter((_, at) => results[at]!.error !== null);
    await ports.memberships.note({notes: [
        {target_id, account_ids: added, rule_id, state: 'added'},
        {target_id, account_ids: refused, rule_id, state: ''},
    ]});
    await ports.changes.finish({outcomes});
    progress.counts.joined += added.length;
    progress.counts.failed += refused.length;
}
