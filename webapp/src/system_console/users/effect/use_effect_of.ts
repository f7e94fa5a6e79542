import {useState} from 'react';
import {useSelector} from 'react-redux';

import {askLive} from '../../../live/ask';
import type {LivePlan} from '../../../live/plan';
import type {ScopeEffect} from '../../../live/scope_effect';
import {dataRevision} from '../../../store/selectors';
import {useAnswer, type Answer} from '../../widgets/use_answer';
import {useDebounced} from '../../widgets/use_debounced';
import type {PolicyDocument} from '../../policy/policy_document';

/** How long (ms) typing must pause before the sync logic is asked. */
const PAUSE = 250;

/** The policy that was last without faults, as text; '' when there was none yet. */
function useValid(document: PolicyDocument | null): string {
    const text = document ? JSON.stringify(document) : '';
    const [valid, setValid] = useState(text);
    if (text !== '' && text !== valid) {
        setValid(text);
    }
    return useDebounced(text || valid, PAUSE);
}

/** Which users enter or leave the scope under `document`, and what a sync would do; `document` is null while it has faults. */
export function useEffectOf(document: PolicyDocument | null, saved: PolicyDocument, q: string): {scope: Answer<ScopeEffect | null>; plan: Answer<LivePlan | null>} {
    const edited = useValid(document);
    const savedText = JSON.stringify(saved);
    const wanted = useDebounced(q, PAUSE);
    const revision = useSelector(dataRevision);
    const scope = useAnswer({
        queryKey: ['scope_effect', edited, savedText, wanted, revision],
        queryFn: async () => (edited === '' ? null : askLive('scope_effect', {edited: JSON.parse(edited), saved: JSON.parse(savedText), q: wanted, revision})),
    });
    const plan = useAnswer({
        queryKey: ['plan', edited, revision],
        queryFn: async () => (edited === '' ? null : askLive('plan', {policy: JSON.parse(edited), revision})),
    });
    return {scope, plan};
}
