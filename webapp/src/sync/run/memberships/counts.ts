import type {CountName, MembershipAction} from '../../lists';

/** What counts the changes of an action. */
export const membershipCountNames = {join: 'joined', leave: 'left', promote: 'promoted', demote: 'demoted'} as const satisfies Record<MembershipAction, CountName>;
