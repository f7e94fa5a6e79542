import {makePlacer, type Placer} from '../../memberships/placement';
import {targetRules} from '../../memberships/target_rules';
import type {Policy} from '../../policy/policy';
import {makeCarefulJudge} from '../../scope/careful_judge';
import type {Judge} from '../../scope/judge';

import type {RunContext} from '../context/run_context';
import {openAskedGroups} from './asked_groups';
import type {RunGroups} from './run_groups';
import {readSeen} from './seen_attributes';

/** What a run asks about each user whom it reads. */
export interface UserQuestions {

    /** Whether the user is in scope. */
    judge: Judge;

    /** What the rules for memberships make of the user's attributes. */
    place: Placer;

    /** The groups by which it is answered: each user must be known to them before. */
    groups: RunGroups;
}

/** The questions of a policy. `unknown` are attributes that the directory does not tell. */
export function questionsOf(policy: Pick<Policy, 'scope' | 'memberships' | 'accounts'>, groups: RunGroups, unknown: ReadonlySet<string>): UserQuestions {
    return {judge: makeCarefulJudge(policy.scope, groups.deciding, unknown), place: makePlacer(targetRules(policy), groups.deciding, unknown), groups};
}

/**
 * The questions of a run that does not read the whole directory: what the last full read did not tell is unknown here, too. Groups are
 * not read, however large they are: the directory is asked for those of each user.
 */
export async function openQuestions({policy, ports}: Pick<RunContext, 'policy' | 'ports'>, groups?: RunGroups): Promise<UserQuestions> {
    const {unknown} = await readSeen(ports);
    return questionsOf(policy, groups ?? await openAskedGroups(policy, ports.directory), new Set(unknown));
}
