import {useSelector} from 'react-redux';

import {askLive} from '../../live/ask';
import type {MappedPerson} from '../../live/map_person';
import {dataRevision} from '../../store/selectors';
import type {Fault} from '../../sync/errors';
import {useAnswer, type Answer} from '../widgets/use_answer';
import {useDebounced} from '../widgets/use_debounced';
import type {PolicyDocument} from '../policy/policy_document';

/** How long (ms) typing must pause before the sync logic is asked. */
const pause = 300;

export interface Mapped extends Pick<Answer<unknown>, 'fault' | 'isLoading'> {

    /** The result of the policy for the user; null while it is not known. */
    person: MappedPerson | null;

    /** The policy has faults, so nothing can be shown. */
    isFaulty: boolean;
}

/** The result of the policy on the screen for one user ('' for none), in scope or not. */
export function useMapped(document: PolicyDocument, faults: readonly Fault[], object_id: string): Mapped {
    const isFaulty = faults.some(({path}) => !path?.startsWith('Policy.scope'));
    const text = isFaulty || object_id === '' ? '' : JSON.stringify({...document, scope: undefined});
    const settled = useDebounced(text, pause);
    const revision = useSelector(dataRevision);
    const {answer, fault, isLoading} = useAnswer({
        queryKey: ['map_person', settled, object_id, revision],
        queryFn: async () => (settled === '' || object_id === '' ?
            null :
            {object_id, person: await askLive('map_person', {document: JSON.parse(settled) as object, object_id, revision})}),
    });
    const isTold = answer?.object_id === object_id && !isFaulty;
    return {person: isTold ? answer.person : null, fault: object_id === '' ? null : fault, isLoading: object_id !== '' && !isFaulty && (isLoading || settled !== text), isFaulty};
}
