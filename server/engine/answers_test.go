package engine

// serverRules are those of a server with single sign-on that refuses nothing.
const serverRules = `{"member_domains":"","guest_domains":"","has_guests":true,"password_sign_in":true,` +
	`"single_sign_on":{"office365":{"is_enabled":true,"is_complete":true,"is_licensed":true}}}`
