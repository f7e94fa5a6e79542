/** The members of a list by a key, keys in the order of their first member. The engine has no `Map.groupBy`. */
export function groupBy<T>(list: readonly T[], keyOf: (one: T, at: number) => string): Map<string, T[]> {
    const groups = new Map<string, T[]>();
    list.forEach((one, at) => {
        const key = keyOf(one, at);
        const known = groups.get(key);
        if (known) {
            known.push(one);
        } else {
            groups.set(key, [one]);
        }
    });
    return groups;
}
