import type {Bits} from '../../memberships/bits';
import {displayNameOf, nameFaultOf, nameOf} from '../../memberships/names';
import type {Place} from '../../memberships/places';
import type {MembershipTarget} from '../../memberships/shapes';
import type {WantedTarget} from '../../memberships/wanted';
import type {Reason} from '../../types';

import type {RunContext} from '../context/run_context';

/** How to create a team or channel that does not exist. */
export interface Creation {
    name: string;
    display_name: string;
    is_open: boolean;
}

/** A team or channel that rules name, as Mattermost has it or as the run would create it. */
export interface Site {
    wanted: WantedTarget;

    /** Of one that the run would create: without an ID. */
    target: MembershipTarget;
    create: Creation | null;

    /** The team of a channel; null for a team. */
    team: Site | null;
}

/** Why a team or channel cannot be used. It has one line in the history, and its users stay as they are. */
export interface UnusableSite {
    wanted: WantedTarget;
    target: MembershipTarget;
    reason: Reason;
}

interface Sites {

    /** Teams before their channels. */
    usable: Site[];
    unusable: UnusableSite[];
}

/**
 * Finds the targets of places: by the ID in the rule, or by the ID that the sync remembers of one that it created. A name is never looked for:
 * one that exists already, or that two values would share, is a conflict. `active` are the users with an active account.
 */
export async function findSites(
    wanted: ReadonlyMap<string, WantedTarget>, created: ReadonlyMap<string, string>, active: Bits, context: RunContext,
): Promise<Sites> {
    const {memberships} = context.ports;
    const idOf = ({key, id}: Place) => id || created.get(key) || '';
    const ids = [...new Set([...wanted.values()].map(({place}) => idOf(place)).filter((id) => id !== ''))];
    const {targets} = ids.length > 0 ? await memberships.targets({ids}) : {targets: []};
    const found = new Map(targets.map((target) => [target.id, target]));
    const sites = new SiteFinder(wanted, active, (place) => found.get(idOf(place)), (place) => idOf(place) !== '');
    await sites.checkNewNames(context);
    return sites;
}

class SiteFinder implements Sites {
    readonly usable: Site[] = [];
    readonly unusable: UnusableSite[] = [];
    private readonly byKey = new Map<string, Site | null>();

    constructor(
        private readonly wanted: ReadonlyMap<string, WantedTarget>,
        private readonly active: Bits,
        private readonly targetOf: (place: Place) => MembershipTarget | undefined,
        private readonly isRemembered: (place: Place) => boolean,
    ) {
        const all = [...wanted.values()];
        all.filter(({place}) => place.kind !== 'channel').forEach((each) => this.take(each, null));
        all.filter(({place}) => place.kind === 'channel').forEach((each) => this.takeChannel(each));
    }

    /** Removes new targets whose names are invalid, shared with another new one, or taken. */
    async checkNewNames({ports}: RunContext): Promise<void> {
        const fresh = this.usable.filter(({create}) => create);
        const keyOf = ({target, team}: Site) => `${target.kind} ${team?.wanted.place.key ?? ''} ${target.name}`;
        const times = new Map<string, number>();
        fresh.forEach((site) => times.set(keyOf(site), (times.get(keyOf(site)) ?? 0) + 1));
        const asked = fresh.filter(({team}) => !team?.create);
        const {taken} = asked.length > 0 ?
            await ports.memberships.taken({names: asked.map(({target}) => ({kind: target.kind, team_id: target.team_id, name: target.name}))}) : {taken: []};
        const isTaken = new Set(asked.filter((_, at) => taken[at]));
        fresh.forEach((site) => {
            const invalid = nameFaultOf(site.target.kind, site.target.name);
            const reason = invalid ? 'target_name_invalid' : times.get(keyOf(site))! > 1 ? 'target_name_shared' : isTaken.has(site) ? 'target_name_taken' : null;
            if (reason) {
                this.reject(site, reason);
            }
        });
    }

    /** Without its team, a channel cannot be used either; the team's line says why. */
    private takeChannel(wanted: WantedTarget): void {
        const team = this.byKey.get(wanted.place.team!.key);
        if (team) {
            this.take(wanted, team);
        }
    }

    private take(wanted: WantedTarget, team: Site | null): void {
        const {place} = wanted;
        const target = this.targetOf(place) ?? newTarget(place, team);
        const create = place.create && !this.isRemembered(place) ? {name: target.name, display_name: target.display_name, is_open: place.create.is_open} : null;
        const reason = create ? null : reasonAgainst(target, this.targetOf(place) !== undefined, team);
        const site: Site = {wanted, target, create, team};
        this.byKey.set(place.key, reason ? null : site);
        if (reason) {
            this.unusable.push({wanted, target, reason});
        } else if (!create || this.hasUsers(wanted)) {
            this.usable.push(site);
        }
    }

    /** Nothing is created for users without an account. */
    private hasUsers({rules}: WantedTarget): boolean {
        return rules.some(({users}) => !users.and(this.active).isEmpty);
    }

    private reject(site: Site, reason: Reason): void {
        const without = (other: Site) => other !== site && other.team !== site;
        this.usable.splice(0, Infinity, ...this.usable.filter(without));
        this.unusable.push({wanted: site.wanted, target: site.target, reason});
    }
}

function reasonAgainst({is_archived, is_group_constrained, is_access_controlled, team_id, kind}: MembershipTarget, isThere: boolean, team: Site | null): Reason | null {
    if (!isThere) {
        return 'target_gone';
    }
    if (is_archived) {
        return 'target_archived';
    }
    if (kind === 'channel' && team_id !== team!.target.id) {
        return 'target_of_other_team';
    }
    return is_group_constrained ? 'target_group_constrained' : is_access_controlled ? 'target_access_controlled' : null;
}

/** A team or channel that does not exist, or not any longer. */
function newTarget({kind, create}: Place, team: Site | null): MembershipTarget {
    return {
        id: '',
        kind,
        team_id: team?.target.id ?? '',
        team_name: team?.target.display_name ?? '',
        name: create ? nameOf(create.name, create.value.text) : '',
        display_name: create ? displayNameOf(create.display_name, create.value.text) : '',
        is_archived: false,
        is_group_constrained: false,
        is_access_controlled: false,
        is_default_channel: false,
        members: 0,
        admins: 0,
        room: null,
    };
}
