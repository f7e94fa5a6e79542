import type {MembershipAction} from '../../lists';
import type {ErrorCode, Fault} from '../../errors';
import {Bits} from '../../memberships/bits';
import {keepsAnAdmin} from '../../memberships/limits';
import type {LedgerNote, MembershipTarget} from '../../memberships/shapes';
import type {WantedTarget} from '../../memberships/wanted';
import type {ChangeOutcome, WriteResult} from '../../types';

import {FailureWatch} from '../applying/failure_watch';
import type {RunContext} from '../context/run_context';
import {Digest} from './digest';
import {membershipCountNames} from './counts';
import type {PlannedLines, PlannedTarget} from './planned';

/** A team or channel, and what a run does about it. */
export type WritableTarget = Pick<PlannedTarget, 'target' | 'create' | 'lines'> & {wanted: Pick<WantedTarget, 'place'>};

/** Is called with the outcomes of each batch, after they are in the history. */
export type Follower = (outcomes: ChangeOutcome[]) => Promise<void>;

/** Batches of users who join that are written until the target is read again. */
const BATCHES_PER_READ = 10;

/** Faults of the server. All others are due to a target or a user, and say nothing about the next one. */
const OF_SERVER: ReadonlySet<ErrorCode> = new Set(['database_failed', 'timeout', 'internal', 'interrupted']);

/** Writes changes of memberships, batch by batch. No refusal ends the run; only a server that fails does. */
export class MembershipWriter {
    readonly digest: Digest;
    private readonly watch = new FailureWatch();

    /** Why targets could not be created, by the key of the place. */
    private readonly faults = new Map<string, Fault>();

    /** Teams that take no more users, by their ID: asking again for each user would only repeat the answer. */
    private readonly full = new Map<string, Fault>();

    /** Targets as they were read last, and for how many batches more that counts: to count the members of a large team takes long. */
    private readonly read = new Map<string, {target: MembershipTarget | undefined; batches: number}>();

    /** The users who could not join a target, by its ID. */
    private readonly outside = new Map<string, Map<string, Fault>>();

    constructor(
        private readonly targets: readonly WritableTarget[], private readonly account_ids: readonly string[],
        private readonly context: RunContext, private readonly follow?: Follower,
    ) {
        this.digest = new Digest(context);
    }

    /** Creates a team or channel that does not exist. Whatever is planned for one that cannot be created fails with the reason. */
    async create(planned: WritableTarget): Promise<void> {
        const {wanted: {place}, create, target} = planned;
        if (!create || !place.create || target.id !== '') {
            return;
        }
        const team = place.team && this.targets.find(({wanted}) => wanted.place.key === place.team!.key);
        const team_id = team?.target.id ?? place.team?.id ?? '';
        const teamFault = place.team ? this.faults.get(place.team.key) : undefined;
        const {key, text} = place.create.value;
        const {id, error} = teamFault ? {id: '', error: teamFault} : await this.context.ports.memberships.create({
            place: place.key, value_key: key, value_text: text, kind: target.kind, team_id, name: create.name, display_name: create.display_name, is_open: create.is_open});
        if (error) {
            this.faults.set(place.key, error);
        }
        planned.target = {...target, id, team_id};
    }

    /** Writes the lines of one batch. What is written is checked again right before. */
    async write(planned: WritableTarget, lines: PlannedLines): Promise<void> {
        const {action, rule_id, first_seq, users} = lines;
        const ids = users.map((user) => this.account_ids[user]!);
        const blocked = await this.blockedOf(planned, action, ids);
        const asked = ids.filter((id) => !blocked.has(id));
        const results = asked.length > 0 ? await this.ask(planned.target, action, rule_id, asked) : [];
        const errors = new Map(blocked);
        asked.forEach((id, at) => results[at]!.error && errors.set(id, results[at]!.error!));
        const outcomes = ids.map((account_id, at): ChangeOutcome => {
            const error = errors.get(account_id) ?? null;
            return {seq: first_seq + at, status: error ? 'failed' : 'done', account_id, username: '', error};
        });
        await this.context.ports.changes.finish({outcomes});
        await this.follow?.(outcomes);
        this.note(planned, action, ids, errors);
    }

    private note({target}: WritableTarget, action: MembershipAction, ids: readonly string[], errors: ReadonlyMap<string, Fault>): void {
        const {counts} = this.context.progress;
        counts[membershipCountNames[action]] += ids.length - errors.size;
        counts.failed += errors.size;
        if (action === 'join') {
            const outside = this.outside.get(target.id) ?? new Map<string, Fault>();
            errors.forEach((fault, id) => outside.set(id, fault));
            this.outside.set(target.id, outside);
        }
        if (action === 'join' || action === 'leave') {
            this.digest.note(target, action, ids.filter((id) => !errors.has(id)));
        }
        const limit = [...errors.values()].find(({code}) => code === 'team_member_limit');
        if (limit && target.kind === 'team') {
            this.full.set(target.id, limit);
        }
        this.watch.note(ids.flatMap((id): ChangeOutcome[] => {
            const error = errors.get(id) ?? null;
            return error && !OF_SERVER.has(error.code) ? [] : [{seq: 0, status: 'done', account_id: id, username: '', error}];
        }));
        this.watch.check();
    }

    /** The accounts that are not written, and why. */
    private async blockedOf({target, wanted}: WritableTarget, action: MembershipAction, ids: readonly string[]): Promise<Map<string, Fault>> {
        const known = this.faults.get(wanted.place.key) ?? (action === 'join' ? this.full.get(target.id) : undefined);
        const fresh = known ? undefined : await this.readAgain(target.id, action);
        const fault = known ?? obstacleTo(fresh, action);
        if (fault || !fresh) {
            return new Map(ids.map((id) => [id, fault ?? {code: 'target_not_found'}]));
        }
        if (action === 'join' || action === 'promote') {
            const outside = [this.outside.get(target.id), action === 'join' ? this.outside.get(target.team_id) : undefined];
            return new Map(ids.flatMap((id): Array<[string, Fault]> => {
                const error = outside.map((faults) => faults?.get(id)).find((one) => one !== undefined);
                return error ? [[id, error]] : [];
            }));
        }
        const admins = fresh.admins === 0 || !keepsAnAdmin(target) ? [] : await this.adminsAmong(target.id, ids);
        return new Map(admins.slice(Math.max(0, fresh.admins - 1)).map((id) => [id, {code: 'last_admin'}]));
    }

    /** Who takes away must know how many admins there are now. */
    private async readAgain(id: string, action: MembershipAction): Promise<MembershipTarget | undefined> {
        const last = this.read.get(id);
        if (last && last.batches > 0 && (action === 'join' || action === 'promote')) {
            last.batches--;
            return last.target;
        }
        const {targets: [target]} = await this.context.ports.memberships.targets({ids: [id]});
        this.read.set(id, {target, batches: BATCHES_PER_READ});
        return target;
    }

    private async adminsAmong(target_id: string, ids: readonly string[]): Promise<string[]> {
        const {targets: [present]} = await this.context.ports.memberships.present({account_ids: [...ids], targets: [target_id]});
        return new Bits(ids.length, present?.admins).list().map((at) => ids[at]!);
    }

    /**
     * Writes, with notes in the ledger before and after. A run that is cut off in between leaves no membership and no role that looks like
     * someone else's, and none that looks as if someone else had ended it.
     */
    private async ask({kind, id: target_id}: MembershipTarget, action: MembershipAction, rule_id: string, account_ids: string[]): Promise<WriteResult[]> {
        const {policy, ports: {memberships}} = this.context;
        const is_quiet = policy.memberships.announce !== 'posts';
        const note = async (...known: Array<[ids: readonly string[], note: Pick<LedgerNote, 'state' | 'promoted_by'>]>) => {
            const notes = known.filter(([ids]) => ids.length > 0).map(([ids, each]): LedgerNote => ({target_id, account_ids: [...ids], rule_id, ...each}));
            if (notes.length > 0) {
                await memberships.note({notes});
            }
        };
        const ended = (results: readonly WriteResult[], isDone: boolean) => account_ids.filter((_, at) => (results[at]!.error === null) === isDone);
        switch (action) {
        case 'join': {
            await note([account_ids, {state: 'adding'}]);
            const results = await this.withPresent(target_id, account_ids, (await memberships.join({kind, target_id, account_ids, is_quiet})).results);
            await note([ended(results, true), {state: 'added'}], [ended(results, false), {state: ''}]);
            return results;
        }
        case 'leave': {
            const ours = await this.addedAmong(target_id, account_ids);
            await note([account_ids.filter((id) => ours.has(id)), {state: 'adding'}], [account_ids.filter((id) => !ours.has(id)), {state: ''}]);
            const {results} = await memberships.leave({kind, target_id, account_ids, is_quiet});
            await note([ended(results, true), {state: ''}], [ended(results, false).filter((id) => ours.has(id)), {state: 'added'}]);
            return results;
        }
        case 'promote': {
            await note([account_ids, {promoted_by: rule_id}]);
            const {results} = await memberships.set_admin({kind, target_id, account_ids, is_admin: true});
            await note([ended(results, false), {promoted_by: ''}]);
            return results;
        }
        default: {
            const {results} = await memberships.set_admin({kind, target_id, account_ids, is_admin: false});
            await note([ended(results, true), {promoted_by: ''}]);
            return results;
        }
        }
    }

    /** The accounts that the sync has added to the target. */
    private async addedAmong(target_id: string, account_ids: readonly string[]): Promise<Set<string>> {
        const {targets: [known]} = await this.context.ports.memberships.ledger({account_ids: [...account_ids], targets: [target_id]});
        const added = known?.entries.filter(({state}) => state === 'added' || state === 'adding') ?? [];
        return new Set(added.flatMap(({users}) => new Bits(account_ids.length, users).list().map((at) => account_ids[at]!)));
    }

    /** A server that fails after it has saved a membership has added the user. */
    private async withPresent(target_id: string, account_ids: readonly string[], results: WriteResult[]): Promise<WriteResult[]> {
        const refused = account_ids.filter((_, at) => results[at]!.error !== null);
        if (refused.length === 0) {
            return results;
        }
        const {targets: [present]} = await this.context.ports.memberships.present({account_ids: refused, targets: [target_id]});
        const members = new Set(new Bits(refused.length, present?.members).list().map((at) => refused[at]!));
        return results.map((result, at) => (members.has(account_ids[at]!) ? {account_id: account_ids[at]!, error: null} : result));
    }
}

/** Why nothing of this kind can be written to the target now; null if it can. */
function obstacleTo(target: MembershipTarget | undefined, action: MembershipAction): Fault | null {
    if (!target) {
        return {code: 'target_not_found'};
    }
    if (target.is_archived) {
        return {code: 'target_archived'};
    }
    if (target.is_group_constrained) {
        return {code: 'target_group_constrained'};
    }
    return action === 'join' && target.room === 0 ? {code: 'team_member_limit'} : null;
}
