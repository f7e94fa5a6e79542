import {useCallback} from 'react';

import {getUsernames} from '../../client';

import {useAnswer} from './use_answer';

/** Usernames of accounts by id; empty until Mattermost has told them, and where it does not. */
export function useUsernames(ids: readonly string[]): Record<string, string> {
    const wanted = [...new Set(ids)].filter((id) => id !== '').sort().join();
    const load = useCallback((signal: AbortSignal) => getUsernames(wanted === '' ? [] : wanted.split(','), signal), [wanted]);
    return useAnswer(load, '').answer ?? {};
}
