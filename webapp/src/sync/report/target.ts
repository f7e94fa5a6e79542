import {isMessageKey, type Locale, translate} from '../messages/translate';
import type {Change, ReasonParams} from '../types';

import type {Wording} from './reason';

/** The team, channel, or system role that a line is about, and the rule that decided. Earlier and later versions can lack any of it. */
export interface LineTarget {
    kind: string;

    /** '' for one that the run would create. */
    id: string;
    name: string;

    /** Of a channel: the name of its team. */
    team: string;

    /** '' for a line about no rule. */
    rule: string;
}

/** What the line is about besides the user; null for a line about an account. */
export function targetOf({reason_params}: Pick<Change, 'reason_params'>): LineTarget | null {
    const kind = textOf(reason_params, 'target_kind');
    return kind === '' ? null : {
        kind,
        id: textOf(reason_params, 'target_id'),
        name: textOf(reason_params, 'target_name'),
        team: textOf(reason_params, 'team_name'),
        rule: textOf(reason_params, 'rule_value') || textOf(reason_params, 'rule_id'),
    };
}

function textOf(params: ReasonParams | null | undefined, name: string): string {
    return String(params?.[name] ?? '');
}

/** "Sales (channel of Company)". Other versions can know further kinds of targets; those have only their name. */
export function targetText(locale: Locale, {kind, id, name, team}: Omit<LineTarget, 'rule'>, {escape = asIs}: Pick<Wording, 'escape'> = {}): string {
    const values = {name: escape(name || id), team: escape(team)};
    const key = kind === 'channel' && team !== '' ? 'target.channel_of_team' : `target.${kind}`;
    return isMessageKey(key) ? translate(locale, key, values) : values.name;
}

/** "team", "channel", or "system role". */
export function kindText(locale: Locale, kind: string): string {
    const key = `target_kind.${kind}`;
    return isMessageKey(key) ? translate(locale, key) : kind;
}

function asIs(value: string): string {
    return value;
}
