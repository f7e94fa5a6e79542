import type {CountsAnswer, RunAnswer} from '../../answers';

/** What a bar is made of, from the bottom up. */
export const runSeries = ['created', 'updated', 'reactivated', 'deactivated', 'failed', 'held'] as const satisfies ReadonlyArray<keyof CountsAnswer>;
export type RunSeries = typeof runSeries[number];

/** Memberships are many for each user, so bars of users do not have them; the table and the sums do. */
export const membershipSeries = ['joined', 'left', 'promoted', 'demoted'] as const satisfies ReadonlyArray<keyof CountsAnswer>;

type Totals = Record<RunSeries | typeof membershipSeries[number], number>;

/** The series of all runs added up. */
export function totalsOf(runs: readonly RunAnswer[]): Totals {
    const sum = (name: keyof Totals) => runs.reduce((total, {counts}) => total + counts[name], 0);
    return Object.fromEntries([...runSeries, ...membershipSeries].map((name) => [name, sum(name)])) as Totals;
}
