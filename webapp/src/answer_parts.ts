/** The parts of the generated checks (answer_schemas.ts) that valibot does not have. */
import * as v from 'valibot';

/** A member of a closed list. A newer server may know more of them than this page, so any text passes. */
export function memberOf<T extends string>() {
    return v.pipe(v.string(), v.transform((value) => value as T));
}

/** The parameters of the text of a fault or a reason: strings and numbers. Anything else is dropped. */
export const params = v.pipe(v.record(v.string(), v.unknown()), v.transform((all) => {
    const known = Object.entries(all).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
    return Object.fromEntries(known) as Record<string, string | number>;
}));

/** An object, or null for anything that does not have the property `key`. */
export function nullWithout<S extends v.GenericSchema>(key: string, schema: S) {
    return v.pipe(
        v.optional(v.unknown(), null),
        v.transform((value) => (typeof value === 'object' && value !== null && key in value ? value : null)),
        v.nullable(schema),
    );
}
