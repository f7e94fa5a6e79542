/** How the sync is doing and what needs attention, on the page and in `/entrasync status`. */
export const health = {
    'health.not_set_up': 'Not set up',
    'health.blocked': 'Blocked by settings',
    'health.failing': 'Runs are failing',
    'health.attention': 'Needs attention',
    'health.new': 'No runs yet',
    'health.healthy': 'Healthy',
    'attention.credential_soon': 'The client secret or certificate expires {time}.',
    'attention.credential_expired': 'The client secret or certificate expired {time}.',
    'attention.preview_holds': 'A sync would hold these changes until an administrator approves them.',
    'attention.conflicts': '{count, plural, one {# conflict: a user and an account cannot be matched one to one. Neither is changed.} other {# conflicts: users and accounts cannot be matched one to one. None of them are changed.}}',
    'attention.failing': '{count, plural, one {Changes for # user failed and will be retried.} other {Changes for # users failed and will be retried.}}',
};
