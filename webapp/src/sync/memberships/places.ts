import type {TargetKind} from '../lists';
import {fold} from '../scope/fold';
import {VALUE, type JoinOfRule} from '../policy/memberships';

import type {TargetRule} from './target_rules';

/** One value of a rule's `for_each`. */
export interface ForEachValue {

    /** What tells the value from others: the attribute's value in one normal form, or the object id of the group. */
    key: string;

    /** What takes the place of `{value}`. */
    text: string;
}

/** Of a rule without `for_each`. */
export const NO_VALUE: ForEachValue = {key: '', text: ''};

/** A team or channel that a rule names. Rules that name the same place mean the same target. */
export interface Place {

    /** The same for the same place. The store remembers created targets by it. */
    key: string;
    kind: TargetKind;

    /** The ID in Mattermost of a team or channel that existed before; '' for one that the sync creates. */
    id: string;

    /** How to create it; null for one that exists. */
    create: {name: string; display_name: string; is_open: boolean; value: ForEachValue} | null;

    /** The team of a channel; null for a team. */
    team: Place | null;
}

/** A place of a rule. */
export interface PlaceOfRule {
    place: Place;

    /** Whether it is only there because a channel needs it: then the role of the rule is not meant for it. */
    is_on_the_way: boolean;
}

/** Where the rule puts a user with this value: each channel follows its team, because only members of the team can be in it. */
export function placesOf({join, system_role}: Pick<TargetRule, 'join' | 'system_role'>, value: ForEachValue): PlaceOfRule[] {
    if (system_role) {
        return [{place: {key: `system role ${system_role}`, kind: 'system_role', id: system_role, create: null, team: null}, is_on_the_way: false}];
    }
    return join.flatMap((each) => {
        const team = teamOf(each, value);
        const way: PlaceOfRule = {place: team, is_on_the_way: each.channel !== undefined};
        return each.channel ? [way, {place: channelOf(each.channel, team, value), is_on_the_way: false}] : [way];
    });
}

function teamOf({team}: JoinOfRule, value: ForEachValue): Place {
    if ('id' in team) {
        return {key: `team ${team.id}`, kind: 'team', id: team.id, create: null, team: null};
    }
    const {name, display_name, open} = team.create;
    return {key: `team ${keyOf(name, value)}`, kind: 'team', id: '', create: {name, display_name, is_open: open, value}, team: null};
}

function channelOf(channel: NonNullable<JoinOfRule['channel']>, team: Place, value: ForEachValue): Place {
    if ('id' in channel) {
        return {key: `channel ${channel.id}`, kind: 'channel', id: channel.id, create: null, team};
    }
    const {name, display_name, private: isPrivate} = channel.create;
    return {key: `${team.key} channel ${keyOf(name, value)}`, kind: 'channel', id: '', create: {name, display_name, is_open: !isPrivate, value}, team};
}

/** A template without the value names one target for all values. */
function keyOf(template: string, {key}: ForEachValue): string {
    return template.includes(VALUE) ? `${template} ${key}` : template;
}

/** The value of an attribute for which a target is made; null for an empty one. Upper and lower case do not make two targets. */
export function valueOfAttribute(text: string): ForEachValue | null {
    const trimmed = text.trim();
    return trimmed === '' ? null : {key: `= ${fold(trimmed)}`, text: trimmed};
}

/** Whether the value is an attribute's, not a group's. */
export function isOfAttribute({key}: ForEachValue): boolean {
    return key.startsWith('=');
}

/** The value of a group: its id, so that a renamed group keeps its target and one that was created again does not get it. */
export function valueOfGroup(group: {id: string; name: string}, prefix: string): ForEachValue {
    return {key: `# ${group.id.toLowerCase()}`, text: group.name.slice(prefix.length).trim()};
}
