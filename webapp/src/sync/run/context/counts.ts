import {countNames} from '../../lists';
import type {Counts} from '../../types';

export function emptyCounts(): Counts {
    return Object.fromEntries(countNames.map((name) => [name, 0])) as Counts;
}
