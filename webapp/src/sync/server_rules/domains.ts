import type {Account, ServerRules} from '../types';

import {isGuestAccount} from './guest_account';

/** What decides whether an address is allowed, besides the address. */
type Kind = Pick<Account, 'auth_service' | 'roles'>;

/** The services whose accounts may have any address: what manages them decides about it. */
const MANAGED: readonly string[] = ['ldap', 'saml'];

const SEPARATORS = /[@,\s]+/;

/**
 * Whether the server refuses to create an account of this kind with the address, or to give the address to one. It is the rule of
 * the server (app/users/utils.go, CheckEmailDomain; app/user.go, UpdateUser), which has another list for guest accounts.
 */
export function refusesAddress(email: string, {auth_service, roles}: Kind, {member_domains, guest_domains}: ServerRules): boolean {
    return !MANAGED.includes(auth_service) && !isAllowed(email, isGuestAccount({roles}) ? guest_domains : member_domains);
}

/** A list of separators only allows no domain at all. */
function isAllowed(email: string, domains: string): boolean {
    return domains === '' || domains.toLowerCase().split(SEPARATORS).some((domain) => domain !== '' && email.toLowerCase().endsWith(`@${domain}`));
}
