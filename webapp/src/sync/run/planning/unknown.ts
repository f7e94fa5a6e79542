import type {Fault} from '../../errors';

import type {People} from '../reading/people';

/** Users with something unknown who get a line of the history each. The fault says how many there are. */
export const MAX_UNKNOWN_LINES = 100;

/** For how many users the directory did not say something that decides, and what; null when it said everything. */
export function unknownFault({unknown, unknown_attributes}: Pick<People, 'unknown' | 'unknown_attributes'>): Fault | null {
    return unknown.size === 0 ? null : {code: 'attributes_unknown', params: {count: unknown.size, attributes: [...unknown_attributes].sort().join(', ')}};
}
