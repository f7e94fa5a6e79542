import {faultOf, type Fault} from '../errors';
import {sanitizeText} from '../faults/sanitize';
import type {ConnectionStep} from '../lists';
import type {Directory} from '../ports';

interface StepResult {
    step: ConnectionStep;
    ok: boolean;

    /** What the tenant says about itself, '' if the step failed. */
    detail: string;
    fault: Fault | null;
}

interface ConnectionReport {

    /** True if a sync could read the directory. Reading groups is an optional permission: its failure is only shown. */
    ok: boolean;
    steps: StepResult[];
}

async function tryStep(step: ConnectionStep, directory: Directory): Promise<StepResult> {
    try {
        const {detail} = await directory.probe({step});
        return {step, ok: true, detail: sanitizeText(detail), fault: null};
    } catch (error) {
        const fault = faultOf(error);
        if (!fault) {
            throw error;
        }
        return {step, ok: false, detail: '', fault};
    }
}

/** Tries to sign in, to read users and to read groups. Without a token, the other steps would only repeat its fault, so they are left out. */
export async function testConnection(_: unknown, ports: {directory: Directory}): Promise<ConnectionReport> {
    const token = await tryStep('token', ports.directory);
    if (!token.ok) {
        return {ok: false, steps: [token]};
    }
    const users = await tryStep('users', ports.directory);
    const groups = await tryStep('groups', ports.directory);
    return {ok: users.ok, steps: [token, users, groups]};
}
