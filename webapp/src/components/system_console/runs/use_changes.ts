import {useCallback, useState} from 'react';

import type {ChangePage} from '../../../answers';
import {listChanges, type ChangeQuery} from '../../../client';
import type {ChangeStatus} from '../../../sync/types';

import {useAnswer, type Answer} from '../common/use_answer';
import {useSettled} from '../common/use_settled';

/** How long typing must rest before the server is asked, in ms. */
const typingPause = 300;

export interface ChangeList extends Answer<ChangePage> {
    query: ChangeQuery;

    /** Narrows the list and goes back to its first page. */
    filter(change: Partial<Omit<ChangeQuery, 'page'>>): void;
    turnTo(page: number): void;
}

const everything: ChangeQuery = {action: '', status: '', q: '', page: 0};

/** The changes of one run, filtered and paged by the server. */
export function useChanges(runId: string, revision: string, initialStatus: ChangeStatus | ''): ChangeList {
    const [query, setQuery] = useState<ChangeQuery>({...everything, status: initialStatus});
    const {action, status, page} = query;
    const q = useSettled(query.q.trim(), typingPause);
    const load = useCallback(
        (signal: AbortSignal) => listChanges(runId, {action, status, q, page}, signal),
        [runId, action, status, q, page],
    );
    const filter = useCallback((change: Partial<Omit<ChangeQuery, 'page'>>) => setQuery((old) => ({...old, ...change, page: 0})), []);
    const turnTo = useCallback((wanted: number) => setQuery((old) => ({...old, page: wanted})), []);
    return {...useAnswer(load, revision), query, filter, turnTo};
}
