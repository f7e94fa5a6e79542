import {membershipActions, type MembershipAction} from '../../lists';
import {paramsOfApproval} from '../../approval/line_hold';
import {groupBy} from '../../group_by';
import type {Notice} from '../../memberships/limits';
import {paramsOf, REASON_OF, type NamedTarget} from '../../memberships/lines';
import type {MembershipLines} from '../../memberships/shapes';
import {targetRules} from '../../memberships/target_rules';
import {ruleOf} from '../../memberships/target_facts';
import type {Action, Reason, ReasonParams} from '../../types';

import type {RunContext} from '../context/run_context';
import type {Earlier} from '../planning/earlier';
import type {MembershipApproval} from './approval';
import type {PlannedLines, PlannedTarget} from './planned';
import type {Site, UnusableSite} from './sites';
import type {MembershipUsers} from './users';

/** Users of lines that are written to the history at once. */
const USERS_AT_ONCE = 5000;

/** What the lines of one action, reason, and rule of a target have in common. */
interface Alike {
    action: Action;
    reason: Reason;
    rule_id: string;
    extra?: ReasonParams;
}

/** Numbers the lines of a plan and writes them to the history, many users at once. */
export class LineWriter {
    private seq: number;
    private pending: MembershipLines[] = [];
    private pendingUsers = 0;
    private readonly names: ReadonlyMap<string, string>;

    constructor(
        private readonly input: {last_seq: number; earlier: Earlier; approval?: MembershipApproval},
        private readonly users: MembershipUsers,
        private readonly context: RunContext,
    ) {
        this.seq = input.last_seq;
        this.names = new Map(targetRules(context.policy).map(({id, name}) => [id, name]));
    }

    /** A line for each team or channel that cannot be used. */
    async tellUnusable(sites: readonly UnusableSite[]): Promise<void> {
        for (const {wanted, target, reason} of sites) {
            this.tellTarget({wanted, target}, {action: 'conflict', reason, rule_id: wanted.rules[0]?.rule_id ?? ''});
        }
        await this.flush();
    }

    /** Writes what the plan of the target does and tells. Fills its `lines` and `held`. */
    async write(planned: PlannedTarget): Promise<void> {
        for (const action of membershipActions) {
            for (const [rule_id, users] of groupBy(planned.plan[action].list(), (user) => ruleFor(planned, action, user))) {
                await this.writeDoing(planned, action, rule_id, users);
            }
        }
        for (const notice of this.input.approval ? [] : planned.notices) {
            await this.writeNotice(planned, notice);
        }
    }

    /** What has no line yet gets it. */
    async flush(): Promise<void> {
        const lines = this.pending;
        this.pending = [];
        this.pendingUsers = 0;
        if (lines.length > 0) {
            await this.context.ports.changes.record_memberships({lines});
        }
    }

    /** Those whom an earlier run holds are held again, or are told to wait; of an approval only the approved ones remain. */
    private async writeDoing(planned: PlannedTarget, action: MembershipAction, rule_id: string, users: number[]): Promise<void> {
        const {earlier, approval} = this.input;
        const reason = REASON_OF[action];
        const extra = givesSystemRole(planned, action) ? paramsOfApproval({kinds: ['system_role']}) : undefined;
        const alike = {action, reason, rule_id, ...(extra && {extra})};
        const params = {...this.paramsOf(planned, rule_id), ...extra};
        const changeOf = (user: number) => ({object_id: this.users.object_ids[user]!, action, reason, reason_params: params});
        if (approval) {
            const approved = users.filter((user) => approval.covers(changeOf(user)));
            approved.forEach((user, at) => approval.take(changeOf(user), this.seq + 1 + at));
            await this.keep(planned.lines, planned, alike, approved);
            return;
        }
        const waiting = earlier.holdsMemberships ? users.filter((user) => earlier.isHeldElsewhere(changeOf(user))) : [];
        const again = earlier.holdsMemberships ? users.filter((user) => earlier.isToHoldAgain(changeOf(user))) : [];
        const apart = new Set([...waiting, ...again]);
        const others = apart.size === 0 ? users : users.filter((user) => !apart.has(user));
        await this.keep(extra ? planned.held : planned.lines, planned, alike, others);
        await this.keep(planned.held, planned, alike, again);
        await this.tell(planned, {action: 'skip', reason: 'waits_for_approval', rule_id}, waiting);
    }

    private async keep(list: PlannedLines[], planned: PlannedTarget, alike: Alike & {action: MembershipAction}, users: number[]): Promise<void> {
        if (users.length > 0) {
            list.push({first_seq: this.seq + 1, action: alike.action, rule_id: alike.rule_id, users});
            await this.record(planned, alike, users);
        }
    }

    private async writeNotice(planned: PlannedTarget, {action, reason, ...about}: Notice): Promise<void> {
        if (about.users === null) {
            this.tellTarget(planned, {action, reason, rule_id: planned.wanted.rules[0]?.rule_id ?? '', extra: {count: about.count}});
            return;
        }
        for (const [rule_id, some] of groupBy(about.users.list(), (user) => ruleFor(planned, about.instead_of, user))) {
            await this.tell(planned, {action, reason, rule_id}, some);
        }
    }

    private async tell(planned: PlannedTarget, alike: Alike, users: number[]): Promise<void> {
        this.context.progress.counts[alike.action === 'conflict' ? 'conflicts' : 'skipped'] += users.length;
        await this.record(planned, alike, users);
    }

    /** A line about a target as a whole has no user. */
    private tellTarget({wanted, target}: Pick<Site, 'wanted' | 'target'>, {action, reason, rule_id, extra}: Alike): void {
        this.context.progress.counts[action === 'conflict' ? 'conflicts' : 'skipped']++;
        const reason_params = {...this.paramsOf({wanted, target}, rule_id), ...extra};
        this.pending.push({first_seq: ++this.seq, action, reason, reason_params, object_ids: [''], account_ids: ['']});
    }

    private async record(planned: PlannedTarget, {action, reason, rule_id, extra}: Alike, users: number[]): Promise<void> {
        const reason_params = {...this.paramsOf(planned, rule_id), ...extra};
        for (let start = 0; start < users.length; start += USERS_AT_ONCE) {
            const some = users.slice(start, start + USERS_AT_ONCE);
            this.pending.push({
                first_seq: this.seq + 1, action, reason, reason_params,
                object_ids: some.map((user) => this.users.object_ids[user]!),
                account_ids: some.map((user) => this.users.account_ids[user]!),
            });
            this.seq += some.length;
            this.pendingUsers += some.length;
            if (this.pendingUsers >= USERS_AT_ONCE) {
                await this.flush();
            }
        }
    }

    private paramsOf({wanted, target}: Pick<Site, 'wanted' | 'target'>, rule_id: string): ReasonParams {
        return paramsOf(namedOf({wanted, target}), {id: rule_id, name: this.names.get(rule_id) ?? ''});
    }
}

/** Power needs a person: every system role that a run would give waits for an approval of its own. */
export function givesSystemRole({target}: Pick<PlannedTarget, 'target'>, action: MembershipAction): boolean {
    return target.kind === 'system_role' && action === 'promote';
}

/** The rule that wants the change; for one that takes away, the rule that gave it or that has everyone removed. */
function ruleFor({wanted, given}: PlannedTarget, action: MembershipAction, user: number): string {
    if (action === 'join' || action === 'promote') {
        return ruleOf(wanted, user, action === 'promote');
    }
    const by = given.find(({users}) => users.has(user));
    return (action === 'leave' ? by?.rule_id : by?.promoted_by) || (wanted.rules.find(({removal}) => removal === 'everyone')?.rule_id ?? '');
}

/** The target as lines name it. */
export function namedOf({wanted, target}: Pick<Site, 'wanted' | 'target'>): NamedTarget {
    return {kind: target.kind, id: target.id, display_name: target.display_name || target.name, team_name: target.team_name, place: wanted.place.key};
}

