import type {Fault} from '../../sync/errors';

/** Whether `place` is `path` or inside it; both as faults write them, such as `Policy.scope.rules[0].when`. */
export function isWithin(place: string | undefined, path: string): boolean {
    return place !== undefined && (place === path || place.startsWith(`${path}.`) || place.startsWith(`${path}[`));
}

/** Whether something is wrong at `path` or inside it. */
export function hasFaultAt(faults: readonly Fault[], path: string): boolean {
    return faults.some((fault) => isWithin(fault.path, path));
}
