import {useQuery, type UseQueryOptions} from '@tanstack/react-query';
import {useState} from 'react';

import type {ShownFault} from '../../faults';

export interface Answer<T> {

    /** The newest answer, kept while a newer one is on its way; null until the first. */
    answer: T | null;

    /** Why the newest question failed, kept while it is asked again. */
    fault: ShownFault | null;
    isLoading: boolean;
    reload(): void;
}

/** `useQuery` for what is shown all the time: neither another key nor a failure takes the last answer off the screen. */
export function useAnswer<T>(question: UseQueryOptions<T>): Answer<T> {
    const {data, error, isFetching, refetch} = useQuery(question);
    const [kept, setKept] = useState<Pick<Answer<T>, 'answer' | 'fault'>>({answer: null, fault: null});
    const answer = data === undefined ? kept.answer : data;
    const fault = isFetching ? kept.fault : error?.fault ?? null;
    if (answer !== kept.answer || fault !== kept.fault) {
        setKept({answer, fault});
    }
    return {answer, fault, isLoading: isFetching, reload: refetch};
}
