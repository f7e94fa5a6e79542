/** Keeps a value that is not one of the options, so that nothing changes until the user selects another. */
export function UnlistedOption({value, known}: {value: unknown; known: readonly string[]}) {
    return typeof value === 'string' && known.includes(value) ? null : <option value={String(value ?? '')}>{String(value ?? '')}</option>;
}
