import {useState} from 'react';
import {useSelector} from 'react-redux';

import {askLive} from '../../live/ask';
import type {LivePlan} from '../../live/plan';
import {dataRevision} from '../../store/selectors';
import {useAnswer, type Answer} from '../widgets/use_answer';
import {useDebounced} from '../widgets/use_debounced';

import type {PolicyDocument} from './policy_document';

/** How long (ms) typing must pause before the sync logic is asked. */
export const PAUSE = 250;

/** The policy that was last without faults, as text; '' when there was none yet. `document` is null while it has faults. */
export function useValid(document: PolicyDocument | null): string {
    const text = document ? JSON.stringify(document) : '';
    const [valid, setValid] = useState(text);
    if (text !== '' && text !== valid) {
        setValid(text);
    }
    return useDebounced(text || valid, PAUSE);
}

/** What a sync would do under a policy (useValid); null without one, and before the first read of the directory. */
export function usePlan(policy: string): Answer<LivePlan | null> {
    const revision = useSelector(dataRevision);
    return useAnswer({
        queryKey: ['plan', policy, revision],
        queryFn: async () => (policy === '' ? null : askLive('plan', {policy: JSON.parse(policy), revision})),
    });
}
