import type {Fault} from '../../errors';
import type {Leaver} from '../../lifecycle/leaver';
import {decisionCriteria} from '../../plan/criteria';
import {Usernames} from '../../plan/usernames';
import {signInFault} from '../../server_rules/sign_in';
import {NONE_POSTPONED, type Postponed} from '../../retry/postponed';
import type {UserDeparture} from '../../types';

import type {Tasks} from '../applying/tasks';
import type {RunContext} from '../context/run_context';
import type {People} from '../reading/people';
import {AddressPlanner} from './address_planner';
import type {Approval} from './approval';
import {Departures} from './departures';
import {Draft} from './draft';
import {Earlier} from './earlier';
import {LeaverPlanner} from './leaver_planner';
import {Ownership} from './ownership';
import {PeoplePlanner} from './people_planner';
import type {PlanParts} from './plan_parts';
import {Profiles} from './profiles';
import {Releases} from './releases';
import {unknownFault} from './unknown';
import {UsernameChooser} from './usernames';

/** What a run has read, and what decides how it is planned. All of it is known before planning begins. */
interface PlanInput {
    people: People;

    /** Linked users who left. */
    leavers: readonly Leaver[];

    /** Whether an administrator decides about deactivations, so that they wait for nothing else. */
    asks_admin: boolean;

    /** Users whose changes are postponed because they failed. */
    postponed?: Postponed;

    /** What earlier runs did and hold; an approval asks for nothing of it. */
    earlier?: Earlier;

    /** Restricts the plan to approved changes. */
    approval?: Approval;
}

/** What a plan leaves to apply; its lines are in the history. */
export interface PlannedRun {
    tasks: Tasks;

    /** Existing accounts that the run links. */
    adopted: number;
    departures: readonly UserDeparture[];

    /** What the run could not know about users, or what of the policy the server cannot do: fill a user attribute, or let users sign in; else null. */
    fault: Fault | null;

    /** The last line of the plan. */
    last_seq: number;

    /** The users who get an active account by the plan. */
    arriving: Draft['arriving'];
}

/** Decides about all users of a run, records each decision in the history and collects the tasks. */
export async function makePlan(context: RunContext, input: PlanInput): Promise<PlannedRun> {
    const {people, leavers, asks_admin, postponed = NONE_POSTPONED, earlier = new Earlier(), approval} = input;
    const profiles = await Profiles.open(context.policy, context.ports);
    const server = await context.ports.accounts.server_rules();
    const criteria = decisionCriteria(context.policy, {
        claims: people.claims,
        server,
        isKnown: (object_id) => people.isKnown(object_id),
        duplicate_object_ids: people.duplicate_object_ids,
        is_ambiguous: people.is_ambiguous,
        same: people.same,
        now: context.now,
        counts_absence: people.is_complete || approval?.isOfPreview === true,
        asks_admin,
    });
    const tellsOnce = context.mode === 'apply' && !approval && !people.is_single;
    const draft = new Draft(context, earlier, approval, tellsOnce);
    const releases = new Releases(context, draft);
    const parts: PlanParts = {context, people, criteria, draft, ownership: new Ownership(), departures: new Departures(), releases};
    const usernames = new UsernameChooser(context.ports, new Usernames(criteria.reserved_usernames));
    const addressPlanner = new AddressPlanner(parts, usernames);
    const leaverPlanner = new LeaverPlanner(parts);
    const peoplePlanner = new PeoplePlanner(parts, addressPlanner, usernames, profiles, withoutHeld(postponed, earlier));
    await peoplePlanner.plan();
    await leaverPlanner.planOutsiders(people.outsiders);
    await leaverPlanner.plan(leavers);
    await releases.plan(addressPlanner.successors(), (holder, object_id) => addressPlanner.release(holder, object_id));
    await peoplePlanner.planWaiting();
    await addressPlanner.plan();
    await draft.rejectRest();
    if (tellsOnce && people.is_complete) {
        await context.ports.changes.forget_told();
    }
    const signIn = draft.reasons.has('sign_in_unavailable') ? signInFault(context.policy.accounts.sign_in, server) : null;
    return {
        tasks: draft.tasks, adopted: draft.adopted, departures: parts.departures.list, fault: unknownFault(people) ?? profiles.fault ?? signIn, last_seq: draft.last_seq, arriving: draft.arriving,
    };
}

/** A held change must be planned, or no run would hold it any more: a run that reads everything replaces what was held before. */
function withoutHeld(postponed: Postponed, earlier: Earlier): Postponed {
    return new Map([...postponed].filter(([object_id]) => !earlier.holdsFor(object_id)));
}
