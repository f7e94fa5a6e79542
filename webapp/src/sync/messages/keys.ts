/**
 * The keys of all messages, so that the compiler rejects a catalogue in which one is missing.
 * Messages are in ICU MessageFormat with `{name}`, `{count, number}`, and `{count, plural, …}` (icu.ts). react-intl and `translate` must
 * format them alike (catalogues.test.ts), so a message contains no apostrophe or angle bracket that either would read as syntax.
 */
import type {ErrorCode} from '../errors';
import type {Health} from '../health/health';
import type {CommandWord, ConnectionStep, CountName, CsvColumn, LineHoldKind, TargetKind, MemberColumn, Phase, Standing} from '../lists';
import type {RuleCause} from '../memberships/explanation';
import type {DecidingEntry} from '../scope/verdict';
import type {SettingKey} from '../settings/keys';
import type {Action, ChangeStatus, FieldChange, HoldKind, Reason, RunMode, RunState, Trigger} from '../types';

/**
 * Faults that share a code but need different hints: `<code>.<problem>`, where the problem is the fault's `params.problem`.
 * A fault with a problem that is not listed here gets the message and the hint of its code.
 */
export const errorVariants = [
    'network.dns',
    'network.refused',
    'network.reset',
    'setting_invalid.secret_id',
    'setting_invalid.guid',
    'setting_invalid.tenant',
    'setting_invalid.choice',
    'setting_invalid.address',
    'setting_invalid.minutes',
    'setting_invalid.token',
    'url_not_https.origin',
    'sign_in_unavailable.password_off',
    'sign_in_unavailable.off',
    'sign_in_unavailable.incomplete',
    'sign_in_unavailable.unlicensed',
    'policy_invalid.json',
    'policy_invalid.unknown_key',
    'policy_invalid.kind',
    'policy_invalid.length',
    'policy_invalid.number',
    'policy_invalid.choice',
    'policy_invalid.link_first',
    'policy_invalid.without_who',
    'policy_invalid.without_value',
    'policy_invalid.stray_value',
    'policy_invalid.same_id',
] as const;
type ErrorVariant = typeof errorVariants[number];

export type ErrorKey = `error.${ErrorCode | ErrorVariant}.${'message' | 'hint'}`;

type RunKey =
    | `reason.${Reason}`
    | `scope.${'in' | 'out' | 'by' | 'changed'}`
    | `run_state.${RunState}`
    | `trigger.${Trigger}`
    | `mode.${RunMode}`
    | 'reading.incremental'
    | `action.${Action}`
    | `change_status.${ChangeStatus}`
    | `phase.${Phase}`
    | `field.${FieldChange['field']}`
    | `field.${'shortened' | 'refused'}`
    | `target.${TargetKind | 'channel_of_team'}`
    | `target_kind.${TargetKind}`
    | `standing.${Standing}`
    | `explain.${'applies' | 'applies_admin' | 'applies_not' | 'unknown' | 'archived' | 'added' | 'by_hand' | 'left' | 'left_stays' | 'promoted' | 'given' | 'given_by_hand' | 'unwanted' | 'scope_unknown' | 'out_of_scope' | 'no_account'}`
    | `explain.cause.${RuleCause['kind']}`
    | `directory_says.${Standing}`
    | `mattermost_has.${'admin' | 'member' | 'nothing' | 'role' | 'no_role'}`
    | `account_state.${'active' | 'deactivated'}`
    | `count.${CountName}`
    | `counted.${Exclude<CountName, 'directory' | 'in_scope'>}`
    | `match.${'new' | 'linked' | 'email' | 'auth_data' | 'account' | 'none' | 'unclear'}`
    | `hold.${HoldKind | 'recent'}`
    | `approval.${LineHoldKind}`
    | 'approval.privileged_account.roles'
    | 'note.guest_account'
    | 'note.deactivated'
    | 'warning.does_not_fit'
    | `rule.${DecidingEntry['kind']}`
    | `step.${ConnectionStep}`
    | `setting.${SettingKey}`;

type CommandKey =
    | `command.${CommandWord}`
    | `command.${
        | 'about' | 'hint' | 'user_hint' | 'help_title' | 'suggestion' | 'raw'
        | 'status_title' | 'setup_ready' | 'setup_faults' | 'schedule_off' | 'schedule_on' | 'server_zone' | 'next_run' | 'running_now'
        | 'last_run' | 'no_last_run' | 'quarantine' | 'health'
        | 'preview_started' | 'sync_started' | 'place' | 'open' | 'where_to_look' | 'user_started' | 'user_unchanged' | 'user_preview' | 'user_result'
        | 'history_title' | 'history_empty' | 'history_more' | 'started' | 'mode' | 'trigger' | 'state' | 'result' | 'field' | 'before' | 'after'
        | 'held_until' | 'held_how' | 'held_own' | 'approves' | 'approved_at' | 'step_directory' | 'step_scope' | 'step_account' | 'found_as'
        | 'of_target' | 'memberships' | 'memberships_more' | 'cancel_asked' | 'approved' | 'approved_rest' | 'test_passed' | 'test_failed' | 'optional' | 'empty_value'
    }`;

type ReportKey =
    | `csv.${CsvColumn}`
    | `digest.${'join' | 'leave' | 'more'}`
    | `member_csv.${MemberColumn}`
    | `notice.${'held' | 'failed' | 'interrupted' | 'stopped_early' | 'partial' | 'look' | 'quarantine_begins' | 'recovered'}`;

export type HealthKey =
    | `health.${Health}`
    | `attention.${'credential_soon' | 'credential_expired' | 'preview_holds' | 'conflicts' | 'failing'}`;

export type MessageKey = ErrorKey | RunKey | CommandKey | ReportKey | HealthKey;

export type Catalogue = Record<MessageKey, string>;
