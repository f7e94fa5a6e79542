import type {Person} from './scene';

/** The number of users of the simulated company (e2e/tenant/company). */
export const company = {
    all: 120,

    /** In scope when "Kim" is allowed: all of them except the guest. */
    kims: 11,

    /** Those of them who get an account: not the disabled one. */
    newKims: 10,
};

/** A directory with `count` more users than the company, for runs that take a while. */
export function crowd(count: number): Person[] {
    return Array.from({length: count}, (_, index) => {
        const number = String(index + 1).padStart(5, '0');
        const mail = `crowd.${number}@hanbit.example`;
        const id = `c0000000-0000-4000-8000-${number.padStart(12, '0')}`;
        return {id, displayName: `Kim ${number}`, mail, userPrincipalName: mail, accountEnabled: true, userType: 'Member'};
    });
}
