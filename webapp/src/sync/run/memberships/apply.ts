
import type {MembershipAction, TargetKind} from '../../lists';
import type {RunContext} from '../context/run_context';
import {MembershipWriter, type Follower, type WritableTarget} from './writer';

/** Users of a target who are written with one request; what a crash can leave unfinished. */
const BATCH_SIZE = 256;

/** Only members of a team can be in its channels, and only members have roles. Who leaves goes the other way round. */
const STEPS: ReadonlyArray<{action: MembershipAction; kinds: readonly TargetKind[]}> = [
    {action: 'join', kinds: ['team']},
    {action: 'join', kinds: ['channel']},
    {action: 'promote', kinds: ['team', 'channel', 'system_role']},
    {action: 'demote', kinds: ['team', 'channel', 'system_role']},
    {action: 'leave', kinds: ['channel']},
    {action: 'leave', kinds: ['team']},
];

/** What `applyMemberships` needs of a plan. */
interface WritablePlan {
    targets: WritableTarget[];
    users: {account_ids: readonly string[]};
}

/** Makes the planned changes, and creates the teams and channels that they need. Teams come before their channels in the plan. */
export async function applyMemberships({targets, users}: WritablePlan, context: RunContext, follow?: Follower): Promise<void> {
    const writer = new MembershipWriter(targets, users.account_ids, context, follow);
    const total = targets.reduce((sum, {lines}) => sum + lines.reduce((all, each) => all + each.users.length, 0), 0);
    const progress = {done: 0, report: async (count: number) => {
        progress.done += count;
        await context.progress.report('apply', progress.done, total);
    }};
    try {
        for (const {action, kinds} of STEPS) {
            for (const planned of targets.filter(({target, lines}) => kinds.includes(target.kind) && lines.length > 0)) {
                if (action === 'join') {
                    await writer.create(planned);
                }
                await writeLines(writer, planned, action, progress.report);
            }
        }
    } finally {
        await writer.digest.post();
    }
}

async function writeLines(writer: MembershipWriter, planned: WritableTarget, action: MembershipAction, report: (count: number) => Promise<void>): Promise<void> {
    for (const lines of planned.lines.filter((each) => each.action === action)) {
        for (let start = 0; start < lines.users.length; start += BATCH_SIZE) {
            const batch = {...lines, first_seq: lines.first_seq + start, users: lines.users.slice(start, start + BATCH_SIZE)};
            await writer.write(planned, batch);
            await report(batch.users.length);
        }
    }
}
