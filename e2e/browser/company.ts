/** How many people the invented company of e2e/tenant/company has. */
export const company = {
    all: 120,

    /** In scope when "Kim" is allowed: all of them but the guest. */
    kims: 11,

    /** Those of them who get an account: not the one who is disabled. */
    newKims: 10,
};
