import type {CountsAnswer, RunAnswer} from '../../answers';
import {membershipCounts} from '../../sync/lists';

/** What a bar is made of, from the bottom up. Bars count users: memberships, of which each has many, are only in the table and the sums. */
export const runSeries = ['created', 'updated', 'reactivated', 'deactivated', 'failed', 'held'] as const satisfies ReadonlyArray<keyof CountsAnswer>;
export type RunSeries = typeof runSeries[number];

type Totals = Record<RunSeries | typeof membershipCounts[number], number>;

/** How high the bar of a run is. */
export function usersChangedBy({counts}: RunAnswer): number {
    return runSeries.reduce((total, name) => total + counts[name], 0);
}

/** The series of all runs added up. */
export function totalsOf(runs: readonly RunAnswer[]): Totals {
    const sum = (name: keyof Totals) => runs.reduce((total, {counts}) => total + counts[name], 0);
    return Object.fromEntries([...runSeries, ...membershipCounts].map((name) => [name, sum(name)])) as Totals;
}
