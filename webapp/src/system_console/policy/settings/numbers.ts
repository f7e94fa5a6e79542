/** The paths and ranges of the numbers of the policy. A test compares them with the policy's schema. */

import {guardKinds, membershipGuardKinds, type GuardKind, type MembershipGuardKind} from '../../../sync/lists';

interface Bounds {
    path: string[];
    min: number;
    max: number;
    isWhole: boolean;
}

const maxCount = 1_000_000;

/** All kinds of changes that have limits, in the order of the page. */
export const limitedKinds = [...guardKinds, ...membershipGuardKinds] as const;
export type LimitedKind = GuardKind | MembershipGuardKind;

type GuardNumber = 'more_than' | 'percent' | 'max_percent' | 'never_more_than';

export type NumberName =
    | 'missing_reads' | 'min_minutes_between_reads' | 'grace_days' | 'window_hours' | 'min_directory_percent' | 'approval_days' | 'concurrency' | 'keep_days'
    | 'membership_minutes' | `${LimitedKind}.${GuardNumber}`;

const guardBounds = Object.fromEntries(limitedKinds.flatMap((kind): Array<[string, Bounds]> => [
    [`${kind}.more_than`, {path: ['guard', kind, 'more_than'], min: 0, max: maxCount, isWhole: true}],
    [`${kind}.percent`, {path: ['guard', kind, 'percent'], min: 0, max: 100, isWhole: false}],
    [`${kind}.max_percent`, {path: ['guard', kind, 'max_percent'], min: 0, max: 100, isWhole: false}],
    [`${kind}.never_more_than`, {path: ['guard', kind, 'never_more_than'], min: 0, max: maxCount, isWhole: true}],
])) as Record<`${LimitedKind}.${GuardNumber}`, Bounds>;

export const bounds: Record<NumberName, Bounds> = {
    missing_reads: {path: ['lifecycle', 'leavers', 'missing_reads'], min: 1, max: 100, isWhole: true},
    min_minutes_between_reads: {path: ['lifecycle', 'leavers', 'min_minutes_between_reads'], min: 0, max: 1440, isWhole: true},
    grace_days: {path: ['lifecycle', 'leavers', 'grace_days'], min: 0, max: 365, isWhole: true},
    window_hours: {path: ['guard', 'window_hours'], min: 0, max: 168, isWhole: true},
    min_directory_percent: {path: ['guard', 'min_directory_percent'], min: 0, max: 100, isWhole: false},
    approval_days: {path: ['guard', 'approval_days'], min: 1, max: 30, isWhole: true},
    concurrency: {path: ['limits', 'concurrency'], min: 1, max: 32, isWhole: true},
    keep_days: {path: ['history', 'keep_days'], min: 1, max: 3650, isWhole: true},
    membership_minutes: {path: ['memberships', 'min_minutes_between_reads'], min: 0, max: 1440, isWhole: true},
    ...guardBounds,
};
