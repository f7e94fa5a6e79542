import {VALUE} from '../../sync/policy/memberships';
import {groupsIn} from '../policy/conditions/condition_part';
import {isObject, partOf, withPart, type PolicyDocument} from '../policy/policy_document';

/** A rule of the document: an object that can have faults. */
export type LooseRule = PolicyDocument;

/** The rules, each of which can have a shape that cannot be shown; `null` if they are not a list. */
export function rulesOf(document: PolicyDocument): unknown[] | null {
    const part = partOf(document, ['memberships', 'rules']) ?? [];
    return Array.isArray(part) ? part : null;
}

export function withRules(document: PolicyDocument, rules: unknown[]): PolicyDocument {
    return withPart(document, ['memberships', 'rules'], rules.length === 0 ? undefined : rules);
}

/** Whether a rule has what the form shows, each of the right kind; its parts are looked at where they are shown. */
export function isShowableRule(rule: unknown): rule is LooseRule {
    return isObject(rule) && ['name', 'role', 'removal'].every((key) => isOf('string', rule[key])) && ['enabled', 'ending'].every((key) => isOf('boolean', rule[key]));
}

function isOf(type: 'string' | 'boolean', value: unknown): boolean {
    return value === undefined || typeof value === type;
}

export function isRuleOn({enabled}: LooseRule): boolean {
    return enabled !== false;
}

/** Which users a rule wants, by its kind; `none` for a rule that does not say it, `other` for what only the text editor shows. */
export type ShownWho = {kind: 'everyone'} | {kind: 'groups'; groups: string[]} | {kind: 'when'; when: unknown} | {kind: 'none'} | {kind: 'other'};

export function whoOf({who}: LooseRule): ShownWho {
    if (who === undefined) {
        return {kind: 'none'};
    }
    if (!isObject(who)) {
        return {kind: 'other'};
    }
    if ('when' in who) {
        return {kind: 'when', when: who.when};
    }
    if ('groups' in who) {
        const {groups} = who;
        return Array.isArray(groups) && groups.every((group) => typeof group === 'string') ? {kind: 'groups', groups} : {kind: 'other'};
    }
    return who.everyone === true ? {kind: 'everyone'} : {kind: 'other'};
}

/** For what a rule has a target each. */
export type ShownForEach = {kind: 'none'} | {kind: 'attribute'; attribute: string} | {kind: 'groups_starting_with'; prefix: string} | {kind: 'other'};

export function forEachOf({for_each}: LooseRule): ShownForEach {
    if (for_each === undefined) {
        return {kind: 'none'};
    }
    if (isObject(for_each) && typeof for_each.groups_starting_with === 'string') {
        return {kind: 'groups_starting_with', prefix: for_each.groups_starting_with};
    }
    return isObject(for_each) && typeof for_each.attribute === 'string' ? {kind: 'attribute', attribute: for_each.attribute} : {kind: 'other'};
}

/** A team or channel of a rule; `none` for a missing one. */
export type ShownPlace = {kind: 'none'} | {kind: 'id'; id: string} | {kind: 'create'; create: PolicyDocument} | {kind: 'other'};

export function placeOf(place: unknown): ShownPlace {
    if (place === undefined) {
        return {kind: 'none'};
    }
    if (isObject(place) && isObject(place.create)) {
        const {name, display_name, open, private: isPrivate} = place.create;
        const fits = isOf('string', name) && isOf('string', display_name) && isOf('boolean', open) && isOf('boolean', isPrivate);
        return fits ? {kind: 'create', create: place.create} : {kind: 'other'};
    }
    return isObject(place) && typeof place.id === 'string' ? {kind: 'id', id: place.id} : {kind: 'other'};
}

/** The targets of a rule; `null` if they are not a list of objects. */
export function joinsOf({join}: LooseRule): PolicyDocument[] | null {
    const joins = join ?? [];
    return Array.isArray(joins) && joins.every(isObject) ? joins : null;
}

/** A place that is created; with a value, it is named by that. */
export function newPlace(hasValue: boolean): PolicyDocument {
    return {create: hasValue ? {name: VALUE, display_name: VALUE} : {name: '', display_name: ''}};
}

/** A target that is still to be selected. With a target for each value, it is a channel of the team. */
export function newJoin(hasValue: boolean): PolicyDocument {
    return {team: {id: ''}, ...(hasValue && {channel: newPlace(true)})};
}

/** The rule with another `for_each`. Places that have no name yet follow it; an existing team cannot be one for each value, so its channel is. */
export function withForEach(rule: LooseRule, for_each: PolicyDocument | undefined): LooseRule {
    const hasValue = for_each !== undefined;
    const join = joinsOf(rule)?.map((each) => {
        const team = isUnnamed(each.team, !hasValue) ? newPlace(hasValue) : each.team;
        const hasTeam = placeOf(team).kind === 'id';
        const isOpen = each.channel === undefined || isUnnamed(each.channel, !hasValue);
        const channel = isOpen ? (hasTeam && hasValue ? newPlace(true) : undefined) : each.channel;
        return withPart({...each, team}, ['channel'], channel);
    });
    return {...withPart(rule, ['for_each'], for_each), ...(join && {join})};
}

/** Whether a place is created and nothing was typed yet. */
function isUnnamed(place: unknown, hasValue: boolean): boolean {
    return JSON.stringify(place) === JSON.stringify(newPlace(hasValue));
}

/** A rule that lets all users in scope join a team that is still to be selected. */
export function newRule(name: string): PolicyDocument {
    return {id: newId(), name, who: {everyone: true}, join: [newJoin(false)]};
}

const ID_LENGTH = 26;
const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** What the sync remembers a rule by: 130 random bits, as Mattermost's own IDs. */
export function newId(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(ID_LENGTH));
    return Array.from(bytes, (byte) => ID_LETTERS[byte % ID_LETTERS.length]).join('');
}

/** The object IDs of the groups that rules name. */
export function groupsOfRules(rules: readonly unknown[]): string[] {
    return rules.filter(isShowableRule).flatMap((rule) => {
        const who = whoOf(rule);
        return who.kind === 'groups' ? who.groups : who.kind === 'when' ? groupsIn(who.when) : [];
    });
}

/** The IDs of the teams and channels that rules name. */
export function targetsOfRules(rules: readonly unknown[]): string[] {
    return rules.filter(isShowableRule).flatMap((rule) => joinsOf(rule) ?? []).flatMap(({team, channel}) => [team, channel].flatMap((place) => {
        const shown = placeOf(place);
        return shown.kind === 'id' && shown.id !== '' ? [shown.id] : [];
    }));
}
