import type {MembershipAction, TargetKind} from '../lists';
import type {Reason, ReasonParams} from '../types';

/** What a line of the history names as the target of a membership. */
export interface NamedTarget {
    kind: TargetKind;

    /** '' for one that the run would create; then `place` tells it from others. */
    id: string;
    display_name: string;

    /** Of a channel: the name of its team. */
    team_name: string;
    place: string;
}

/** The facts about the target and the rule in the `reason_params` of a line. `rule_value` is the name of the rule. */
export function paramsOf({kind, id, display_name, team_name, place}: NamedTarget, rule: {id: string; name: string}): ReasonParams {
    return {
        target_kind: kind,
        target_id: id,
        target_name: display_name,
        ...(team_name !== '' && {team_name}),
        ...(id === '' && {target_place: place}),
        rule_id: rule.id,
        rule_value: rule.name,
    };
}

/** What tells the target of a line from others: a target that does not exist yet is known by its place. */
export function targetKeyOf(params: ReasonParams | null | undefined): string {
    return String(params?.target_id || params?.target_place || '');
}

/** Why a line is in the plan. */
export const REASON_OF: Record<MembershipAction, Reason> = {join: 'wanted_by_rule', leave: 'no_rule_wants', promote: 'wanted_by_rule', demote: 'no_rule_wants'};
