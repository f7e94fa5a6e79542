import {signInServices} from '../lists';
import type {ServerRules} from '../types';

/** The rules of a server that refuses nothing and has every sign-in method. */
export function openServer(rules: Partial<ServerRules> = {}): ServerRules {
    const ready = {is_enabled: true, is_complete: true, is_licensed: true};
    return {
        member_domains: '',
        guest_domains: '',
        has_guests: true,
        password_sign_in: true,
        single_sign_on: Object.fromEntries(signInServices.map((service) => [service, ready])) as ServerRules['single_sign_on'],
        ...rules,
    };
}
