import {useCallback, useMemo, useState, type FocusEvent} from 'react';

import type {Fault} from '../../sync/errors';

interface Known {
    faults: readonly Fault[];

    /** The paths of faults that are not shown yet. */
    hidden: ReadonlySet<string>;
}

interface ShownFaults {
    faults: Fault[];

    /** Shows all faults. */
    showAll(): void;

    /** For an element around the form: shows the faults of a control that loses the focus. */
    onBlur(event: FocusEvent): void;
}

const none: ReadonlySet<string> = new Set();

/**
 * The faults to show of a document that is edited. A fault that comes with an edit in the form, such as an empty field of a new
 * row, is shown when its field loses the focus, when the focus leaves its rule or row, or when the document is saved.
 */
export function useShownFaults(faults: Fault[], isForm: boolean): ShownFaults {
    const [known, setKnown] = useState<Known>({faults, hidden: none});
    if (known.faults !== faults) {
        setKnown({faults, hidden: isForm ? hiddenNow(known, faults) : none});
    }
    const {hidden} = known;
    const shown = useMemo(() => (hidden.size === 0 ? faults : faults.filter(({path}) => !hidden.has(path ?? ''))), [faults, hidden]);
    const showAll = useCallback(() => setKnown((old) => (old.hidden.size === 0 ? old : {...old, hidden: none})), []);
    const onBlur = ({target, relatedTarget}: FocusEvent) => {
        if (!target.matches('input, select, textarea')) {
            return;
        }
        const own = faultPathsOf(target);
        const row = target.closest('[data-rule], tr, li');
        if (own === null || !row || !row.contains(relatedTarget)) {
            showAll();
            return;
        }
        setKnown((old) => ({...old, hidden: new Set([...old.hidden].filter((path) => !own.includes(path)))}));
    };
    return {faults: shown, showAll, onBlur};
}

/** Where a change adds no fault, such as one of the order of rules, faults with another path are the old ones. */
function hiddenNow({faults: before, hidden}: Known, faults: readonly Fault[]): ReadonlySet<string> {
    const old = new Set(before.map(({path = ''}) => path));
    const isMore = faults.length > before.length;
    return new Set(faults.map(({path = ''}) => path).filter((path) => hidden.has(path) || (isMore && !old.has(path))));
}

/** The paths of the faults that describe a control (FaultsAt); null for a control whose faults are elsewhere. */
function faultPathsOf(control: Element): string[] | null {
    const parts = (control.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id));
    const places = parts.flatMap((part) => (part ? [part, ...part.querySelectorAll('[data-faults]')] : []));
    const paths = places.flatMap((place) => place.getAttribute('data-faults') ?? []);
    return paths.length === 0 ? null : paths;
}
