import type {CountName} from '../../lists';
import type {MembershipAction} from '../../memberships/lines';

/** What counts the changes of an action. */
export const membershipCountNames = {join: 'joined', leave: 'left', promote: 'promoted', demote: 'demoted'} as const satisfies Record<MembershipAction, CountName>;
