import type {CountsAnswer, RunAnswer} from '../../answers';

/** What a bar is made of, from the bottom up. */
export const runSeries = ['created', 'updated', 'reactivated', 'deactivated', 'failed', 'held'] as const satisfies ReadonlyArray<keyof CountsAnswer>;
export type RunSeries = typeof runSeries[number];

/** The series of all runs added up. */
export function totalsOf(runs: readonly RunAnswer[]): Record<RunSeries, number> {
    const sum = (name: RunSeries) => runs.reduce((total, {counts}) => total + counts[name], 0);
    return Object.fromEntries(runSeries.map((name) => [name, sum(name)])) as Record<RunSeries, number>;
}
