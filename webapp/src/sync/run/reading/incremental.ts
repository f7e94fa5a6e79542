import {faultOf, type ErrorCode, type Fault} from '../../errors';
import type {Leaver} from '../../lifecycle/leaver';
import type {Ports} from '../../ports';
import {DAY_MS} from '../../time';
import type {Hold, RunOutcome, RunRequest} from '../../types';

import {keepParked, readParked} from '../context/parked';
import type {RunContext} from '../context/run_context';
import {directoryAttributes} from './attributes';
import {readChanged} from './changed_users';
import {MAX_CHANGED, readLatestDeltaLink, type Removal} from './delta';
import {readContradictions, readState, writeState, type DeltaState} from './delta_state';
import {readDirectory, readOne} from './directory';
import {FollowGroups} from './follow_groups';
import type {People} from './people';
import {ReadAgain} from './read_again';

/** Errors that say that the changes cannot be followed, though the directory may well be read. Any other would fail a full read, too. */
const CANNOT_FOLLOW: readonly ErrorCode[] = [
    'resync_required', 'directory_answer_invalid', 'directory_incomplete', 'directory_refused', 'consent_missing', 'group_consent_missing', 'foreign_link',
    'person_not_found', 'request_invalid',
];

/** A contradiction that full reads do not settle is kept so long. Then the full reads are believed. */
const KEPT_MS = DAY_MS;

/** All users that a run has to look at. `leavers` are known to have left; the links show the others after a full read. */
interface Read {
    people: People;
    leavers: Leaver[];
}

/** Where the next incremental run continues. */
interface DeltaStart {
    delta: string;
    select: string[];
}

/**
 * Decides what a run reads, and keeps for the next incremental run where the changes of the directory continue and which users to
 * read again (docs/decisions/0011-incremental.md).
 */
export class Incremental {

    /** What a run that should be incremental has read; empty for any other run. */
    outcome: Pick<RunOutcome, 'reading'> = {};

    private readonly isAsked: boolean;

    /** Whether this run keeps state: a preview and a run for one user do not. */
    private readonly keepsState: boolean;
    private readonly readAgain = new ReadAgain();
    private removed = new Map<string, Removal>();

    /** Since when answers about a user contradict each other, by object id. */
    private readonly contradicted = new Map<string, number>();

    /** Whether the run has read users again because their accounts may have a value that was meant for a moment. */
    private hasParked = false;

    /** Null when there is none: then the state of an earlier run stays. */
    private start: DeltaStart | null = null;
    private readonly groups: FollowGroups;
    private people: People | null = null;

    constructor(private readonly request: RunRequest) {
        const {mode, user, reading, follows_changes} = request;
        this.isAsked = user === '' && reading === 'incremental';
        this.keepsState = user === '' && mode === 'apply' && (this.isAsked || follows_changes === true);
        this.groups = new FollowGroups(this.keepsState);
    }

    /** The ports that the run must use: this class learns from the history which users the next run reads again. */
    listenTo(ports: Ports): Ports {
        return this.keepsState ? {...ports, changes: this.readAgain.listenTo(ports.changes)} : ports;
    }

    async read(context: RunContext): Promise<Read> {
        if (this.request.user !== '') {
            return {people: await readOne(this.request.user, context), leavers: []};
        }
        const read = (this.isAsked && await this.readChanges(context)) || await this.readAll(context);
        read.people.claims.rivals.forEach((object_id) => this.readAgain.ids.add(object_id));
        read.people.unknown.forEach((object_id) => this.readAgain.ids.add(object_id));
        this.people = read.people;
        return read;
    }

    /** Keeps what the next incremental run needs, after this run has applied all that it could. */
    async keep(hold: Hold | null, context: RunContext): Promise<void> {
        const {policy_digest, ports} = context;

        // A directory that has shrunk is not trusted, so its changes must be read again.
        if (!this.start || hold?.kinds.some(({kind}) => kind === 'directory_shrunk')) {
            return;
        }
        const again = [...this.readAgain.ids].map((object_id) => (
            {object_id, cause: this.removed.get(object_id) ?? '', since: this.contradicted.get(object_id)} as const));
        if (this.hasParked) {
            await keepParked([], ports);
        }
        await writeState(again.length > MAX_CHANGED ? null : {...this.start, policy_digest, again}, ports);

        // Last: a run that is cut off before this reads the changes of groups once more.
        await this.groups.keep(this.people!.groups, context);
    }

    private async readAll(context: RunContext): Promise<Read> {
        if (this.keepsState) {
            this.start = await firstStart(directoryAttributes(context.policy), context.ports);
        }
        await this.groups.begin(context, (fault) => warn('Changes of groups cannot be followed: the next incremental run reads all users', fault, context.ports));
        const {now, ports} = context;
        const known = this.keepsState ? await readContradictions(ports) : [];
        const people = await readDirectory(context, known.filter(({cause}) => cause === '').map(({object_id}) => object_id), this.groups.takerFor(context));
        const open = known.filter(({object_id, cause, since}) => people.has(object_id) === (cause !== '') && now < since + KEPT_MS);
        this.removed = new Map(open.flatMap(({object_id, cause}) => (cause === '' ? [] : [[object_id, cause]])));
        await this.noteUnsettled(open.map(({object_id}) => object_id), known, context);
        return {people, leavers: []};
    }

    /** No contradiction is dropped: the next runs ask again until the answers agree. `known` says since when earlier runs know it. */
    private async noteUnsettled(ids: readonly string[], known: DeltaState['again'], {now, ports: {log}}: RunContext): Promise<void> {
        if (ids.length > 0) {
            const since = new Map(known.map((each) => [each.object_id, each.since]));
            ids.forEach((object_id) => {
                this.readAgain.ids.add(object_id);
                this.contradicted.set(object_id, since.get(object_id) ?? now);
            });
            await log.write({
                level: 'warn', message: 'The directory contradicts itself about users: the next runs read them again', fields: {users: ids.length}});
        }
    }

    /** Null when the run has to read all users. */
    private async readChanges(context: RunContext): Promise<Read | null> {
        const {policy, policy_digest, ports} = context;
        this.outcome = {reading: 'full'};
        const select = directoryAttributes(policy);
        const state = await readState(policy_digest, select, ports);
        try {
            const parked = state ? await readParked(ports) : [];
            const followed = state ? await this.groups.follow(context) : undefined;
            const changed = state && followed !== undefined && await readChanged(state, {parked, followed}, context);
            if (!changed) {
                return null;
            }
            this.outcome = {reading: 'incremental'};
            this.start = this.keepsState ? {delta: changed.delta, select} : null;
            this.hasParked = parked.length > 0;
            this.removed = new Map(changed.removed);
            await this.noteUnsettled(changed.unsettled, state.again, context);
            return changed;
        } catch (error) {
            const fault = faultOf(error);
            if (!fault || !CANNOT_FOLLOW.includes(fault.code)) {
                throw error;
            }
            await warn('Changes of the directory cannot be followed: this run reads all users', fault, ports);
            return null;
        }
    }
}

/** Read before the users, so that no change in between is lost: to read it twice does no harm. */
async function firstStart(select: string[], ports: Ports): Promise<DeltaStart | null> {
    try {
        return {delta: await readLatestDeltaLink(select, ports.directory), select};
    } catch (error) {
        const fault = faultOf(error);
        if (!fault || fault.code === 'cancelled') {
            throw error;
        }
        await warn('Changes of the directory cannot be followed: the next incremental run reads all users', fault, ports);
        return null;
    }
}

async function warn(message: string, {code, raw}: Fault, {log}: Ports): Promise<void> {
    await log.write({level: 'warn', message, fields: {code, raw_code: raw?.code ?? '', trace_id: raw?.trace_id ?? ''}});
}
