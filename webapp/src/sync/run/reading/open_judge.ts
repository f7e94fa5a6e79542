import {makeCarefulJudge} from '../../scope/careful_judge';
import type {Judge} from '../../scope/judge';

import type {RunContext} from '../context/run_context';
import {readMemberships} from './memberships';
import {readSeen} from './seen_attributes';

/** The judge of a run that does not read the whole directory: what the last full read did not tell is unknown here, too. */
export async function openJudge({policy, ports}: Pick<RunContext, 'policy' | 'ports'>): Promise<Judge> {
    const {unknown} = await readSeen(ports);
    return makeCarefulJudge(policy.scope, await readMemberships(policy.scope, ports.directory), new Set(unknown));
}
