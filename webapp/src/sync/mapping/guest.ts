import type {DirectoryUser} from '../types';

/** Whether a directory user is a guest. Tenants from before 2014 have users without a user type; there the principal name identifies a guest. */
export function isGuest(user: DirectoryUser): boolean {
    if (typeof user.userType === 'string' && user.userType !== '') {
        return user.userType.toLowerCase() === 'guest';
    }
    return typeof user.userPrincipalName === 'string' && user.userPrincipalName.toUpperCase().includes('#EXT#');
}
