import {useSelector} from 'react-redux';

import {askLive} from '../../../live/ask';
import type {LivePlan} from '../../../live/plan';
import type {ScopeEffect} from '../../../live/scope_effect';
import {dataRevision} from '../../../store/selectors';
import type {PolicyDocument} from '../../policy/policy_document';
import {PAUSE, usePlan, useValid} from '../../policy/use_plan';
import {useAnswer, type Answer} from '../../widgets/use_answer';
import {useDebounced} from '../../widgets/use_debounced';

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
    return {scope, plan: usePlan(edited)};
}
