import type {PolicyInput} from '../policy/policy';

/**
 * Safety limits for scenes of a few users and for imports that no administrator starts: a share of three users says nothing, and
 * tests of the scope mean the users who leave it. */
export const smallScene = {
    deactivations: {max_percent: 100},
    email_changes: {max_percent: 100},
    username_changes: {max_percent: 100},
    auth_data_changes: {max_percent: 100},
    creations: {more_than: 100_000},
    reactivations: {max_percent: 100},
    emptied_fields: {max_percent: 100},
    scope_attribute_changes: 'count',
} satisfies PolicyInput['guard'];
