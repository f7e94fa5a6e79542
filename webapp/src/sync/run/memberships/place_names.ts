import {displayNameOf} from '../../memberships/names';
import type {Place} from '../../memberships/places';

/** The name of a team or channel that does not exist yet; its ID for one that does not exist any longer. */
export function nameOfPlace({create, id}: Place): string {
    return create ? displayNameOf(create.display_name, create.value.text) : id;
}
