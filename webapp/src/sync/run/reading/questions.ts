import type {Fault} from '../../errors';
import {makePlacer, type Placer} from '../../memberships/placement';
import type {Policy} from '../../policy/policy';
import {makeCarefulJudge} from '../../scope/careful_judge';
import type {GroupMembers} from '../../scope/group_members';
import type {Judge} from '../../scope/judge';

import type {RunContext} from '../context/run_context';
import {readGroupMembers} from './group_members';
import {readSeen} from './seen_attributes';

/** What a run asks about each user whom it reads. */
export interface UserQuestions {

    /** Whether the user is in scope. */
    judge: Judge;

    /** What the rules for memberships make of the user's attributes. */
    place: Placer;
}

/** The questions of a policy. `unknown` are attributes that the directory does not tell. */
export function questionsOf({scope, memberships}: Pick<Policy, 'scope' | 'memberships'>, groups: GroupMembers, unknown: ReadonlySet<string>): UserQuestions {
    return {judge: makeCarefulJudge(scope, groups, unknown), place: makePlacer(memberships.rules, groups, unknown)};
}

/**
 * The questions of a run that does not read the whole directory: what the last full read did not tell is unknown here, too.
 * `faults` say which groups of membership rules could not be read.
 */
export async function openQuestions({policy, ports}: Pick<RunContext, 'policy' | 'ports'>): Promise<UserQuestions & {faults: readonly Fault[]}> {
    const {unknown} = await readSeen(ports);
    const {groups, faults} = await readGroupMembers(policy, ports.directory);
    return {...questionsOf(policy, groups, new Set(unknown)), faults};
}
