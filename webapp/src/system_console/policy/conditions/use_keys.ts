import {useState} from 'react';

import {moved} from '../../widgets/order_buttons';

interface Keys {
    keys: readonly number[];
    /** Returns the key of the new member. */
    add(at: number): number;
    remove(at: number): void;
    move(from: number, to: number): void;
}

/** Keys for the members of a list that have no names of their own: a member keeps its key, and so its widget, wherever it moves. */
export function useKeys(count: number): Keys {
    const [{keys, next}, set] = useState<{keys: readonly number[]; next: number}>({keys: [], next: 0});
    if (keys.length !== count) {
        // The list has changed elsewhere.
        set({keys: Array.from({length: count}, (_, at) => keys[at] ?? next + at), next: next + count});
    }
    return {
        keys,
        add: (at) => {
            set({keys: [...keys.slice(0, at), next, ...keys.slice(at)], next: next + 1});
            return next;
        },
        remove: (at) => set({keys: keys.filter((_, other) => other !== at), next}),
        move: (from, to) => set({keys: moved(keys, from, to), next}),
    };
}
