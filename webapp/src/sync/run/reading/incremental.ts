import {faultOf, type ErrorCode, type Fault} from '../../errors';
import type {Policy} from '../../policy/policy';
import type {Ports} from '../../ports';
import {groupsOfScope} from '../../scope/groups';
import type {Hold, RunOutcome, RunRequest} from '../../types';

import {directoryAttributes} from './attributes';
import {readChanged} from './changed_people';
import {readState, writeState} from './delta_state';
import {Unsettled} from './unsettled';
import type {People} from './people';
import type {Leaver} from '../planning/planner';
import type {RunProgress} from '../context/progress';
import {readDirectory, readOne} from './directory';
import {MAX_CHANGED, readMark, type Removal} from './delta';

/** What says that the changes cannot be followed, though the directory may well be read. Anything else would fail a full read, too. */
const CANNOT_FOLLOW: readonly ErrorCode[] = [
    'resync_required', 'directory_answer_invalid', 'directory_incomplete', 'directory_refused', 'consent_missing', 'foreign_link',
    'person_not_found', 'request_invalid',
];

/** Everybody whom a run has to look at. `leavers` are known to have left; who else has, a complete `people` tells. */
export interface Read {
    people: People;
    leavers: Leaver[];
}

/** Where the next incremental run goes on. */
interface Mark {
    delta: string;
    select: string[];
}

/**
 * Decides what a run reads, and keeps for the next incremental one where the changes of the directory go on and whom to read again
 * (docs/decisions/0011-incremental.md).
 */
export class Incremental {

    /** The ports of the run, overheard for whom it leaves unsettled. */
    readonly ports: Ports;

    /** What a run that should be incremental has read; nothing of any other run. */
    outcome: Pick<RunOutcome, 'reading'> = {};

    private readonly isAsked: boolean;

    /** Whether this run notes where changes begin: a preview, and a run for one person, do not change what is kept. */
    private readonly isNoting: boolean;
    private readonly unsettled = new Unsettled();
    private removed: ReadonlyMap<string, Removal> = new Map();

    /** Null when there is none: then what an earlier run has kept stays. */
    private mark: Mark | null = null;

    constructor(private readonly request: RunRequest, ports: Ports) {
        const {mode, user, reading, follows_changes} = request;
        this.isAsked = user === '' && reading === 'incremental';
        this.isNoting = user === '' && mode === 'apply' && (this.isAsked || follows_changes === true);
        this.ports = this.isNoting ? {...ports, changes: this.unsettled.overhear(ports.changes)} : ports;
    }

    async read(policy: Policy, progress: RunProgress): Promise<Read> {
        if (this.request.user !== '') {
            return {people: await readOne(this.request.user, policy, this.ports, progress), leavers: []};
        }
        const read = (this.isAsked && await this.readChanges(policy, progress)) || await this.readEverybody(policy, progress);
        read.people.claims.rivals.forEach((object_id) => this.unsettled.ids.add(object_id));
        return read;
    }

    /** Keeps what the next incremental run needs, once this one has done all that it could. */
    async keep(hold: Hold | null): Promise<void> {
        // Of a directory that is not believed nothing is settled.
        if (!this.mark || hold?.kinds.some(({kind}) => kind === 'directory_shrunk')) {
            return;
        }
        const again = [...this.unsettled.ids].map((object_id) => ({object_id, cause: this.removed.get(object_id) ?? ''} as const));
        const {policy_version = ''} = this.request;
        await writeState(again.length > MAX_CHANGED ? null : {...this.mark, policy_version, again}, this.ports);
    }

    private async readEverybody(policy: Policy, progress: RunProgress): Promise<Read> {
        if (this.isNoting && !dependsOnGroups(policy)) {
            this.mark = await this.firstMark(directoryAttributes(policy));
        }
        return {people: await readDirectory(policy, this.ports, progress), leavers: []};
    }

    /** Noted before everybody is read, so that what changes meanwhile is not lost: to read it twice does no harm. */
    private async firstMark(select: string[]): Promise<Mark | null> {
        try {
            return {delta: await readMark(select, this.ports.directory), select};
        } catch (error) {
            const fault = faultOf(error);
            if (!fault || fault.code === 'cancelled') {
                throw error;
            }
            await this.warn('Changes of the directory cannot be followed: the next incremental run reads everybody', fault);
            return null;
        }
    }

    /** Null when the run has to read everybody. */
    private async readChanges(policy: Policy, progress: RunProgress): Promise<Read | null> {
        this.outcome = {reading: 'full'};
        const select = directoryAttributes(policy);
        const state = dependsOnGroups(policy) ? null : await readState(this.request.policy_version ?? '', select, this.ports);
        try {
            const changed = state && await readChanged(state, policy, this.ports, progress);
            if (!changed) {
                return null;
            }
            this.outcome = {reading: 'incremental'};
            this.mark = this.isNoting ? {delta: changed.delta, select} : null;
            this.removed = changed.removed;
            return changed;
        } catch (error) {
            const fault = faultOf(error);
            if (!fault || !CANNOT_FOLLOW.includes(fault.code)) {
                throw error;
            }
            await this.warn('Changes of the directory cannot be followed: this run reads everybody', fault);
            return null;
        }
    }

    private async warn(message: string, {code, raw}: Fault): Promise<void> {
        await this.ports.log.write({level: 'warn', message, fields: {code, raw_code: raw?.code ?? '', trace_id: raw?.trace_id ?? ''}});
    }
}

/** Changes of people do not tell who joins or leaves a group. */
function dependsOnGroups({scope}: Policy): boolean {
    return groupsOfScope(scope).length > 0;
}
