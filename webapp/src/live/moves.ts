/** What happens to users of a team or channel, in the order of the page. */
export const moves = ['join', 'leave', 'promote', 'demote'] as const;
export type Move = typeof moves[number];
