import {SyncError} from '../../errors';
import {parsePolicy} from '../../policy/parse';
import type {Policy} from '../../policy/policy';
import type {Ports} from '../../ports';
import type {RunMode, RunRequest} from '../../types';

import type {RunProgress} from './progress';
import {Retries} from './retries';

/** What every step of a run needs. It is made once, before anything is read, and never changed. */
export interface RunContext {
    readonly mode: RunMode;
    readonly policy: Policy;

    /** The digest of the policy, the same for the whole run; '' when the host gave none. */
    readonly policy_digest: string;

    /** Whether an administrator started the run. */
    readonly by_admin: boolean;
    readonly ports: Ports;
    readonly progress: RunProgress;
    readonly retries: Retries;

    /** When the run began, in ms since 1970. */
    readonly now: number;
}

/** Makes the context of a run. Throws the first fault of a policy that is not valid. */
export async function openContext({mode, policy: text, policy_digest = '', by_admin = false}: RunRequest, ports: Ports, progress: RunProgress): Promise<RunContext> {
    const {policy, faults} = parsePolicy(text);
    if (!policy) {
        throw new SyncError(faults[0]!);
    }
    const {ms: now} = await ports.clock.now();
    return {mode, policy, policy_digest, by_admin, ports, progress, retries: await Retries.open(ports), now};
}
