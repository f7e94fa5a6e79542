/** Keeps a value in the box that is none of its choices, so that nothing changes until somebody chooses. */
export function UnlistedOption({value, known}: {value: unknown; known: readonly string[]}) {
    return typeof value === 'string' && known.includes(value) ? null : <option value={String(value ?? '')}>{String(value ?? '')}</option>;
}
