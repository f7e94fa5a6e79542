/** An object id as Microsoft Entra ID has it: a GUID. The Go server takes the same pattern from here (`make generate`). */
export const OBJECT_ID_PATTERN = '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$';

const LENGTH = 36;
const objectId = new RegExp(OBJECT_ID_PATTERN);

/** Whether `value` can be the object id of a user. Nothing else is a key, is linked, or is asked for. */
export function isObjectId(value: unknown): value is string {
    return typeof value === 'string' && value.length === LENGTH && objectId.test(value);
}

/**
 * `value` in lower case, as Microsoft writes it, if it can be an object id, else ''. Every id of a user that the directory sends comes
 * through here: in other letters it is the same user.
 */
export function objectIdOf(value: unknown): string {
    return isObjectId(value) ? value.toLowerCase() : '';
}
