import {useCallback} from 'react';
import {useSelector} from 'react-redux';

import {askLive} from '../../../live/ask';
import {dataRevision} from '../../../store/selectors';
import {useAnswer} from '../../widgets/use_answer';

const NONE: readonly string[] = [];

/** What people of the directory have in `attribute`, for suggestions, once somebody wants them; nothing where nobody can tell. */
export function useCommonValues(attribute: string, isWanted: boolean): readonly string[] {
    const revision = useSelector(dataRevision);
    const load = useCallback(async () => (isWanted ? askLive('common_values', {attribute, revision}) : NONE), [attribute, isWanted, revision]);
    const {answer, fault} = useAnswer(load, '');
    return fault ? NONE : answer ?? NONE;
}
