import {useSelector} from 'react-redux';

import {findGroups} from '../../client';
import {askLive} from '../../live/ask';
import {dataRevision} from '../../store/selectors';
import {useAnswer} from '../widgets/use_answer';
import {useDebounced} from '../widgets/use_debounced';

import type {ShownForEach} from './rule_part';

/** How long (ms) typing must pause before the directory is searched. */
const PAUSE = 250;
const NONE: readonly string[] = [];

/** Values for which a rule would have targets, as far as the directory is known: those of many users, or the names of some groups. */
export function useValues(forEach: ShownForEach): readonly string[] {
    const revision = useSelector(dataRevision);
    const wanted = useDebounced(forEach.kind === 'attribute' ? forEach.attribute : forEach.kind === 'groups_starting_with' ? forEach.prefix : '', PAUSE);
    const {answer, fault} = useAnswer({
        queryKey: ['values_of_rule', forEach.kind, wanted, revision],
        queryFn: async ({signal}) => {
            if (wanted === '') {
                return NONE;
            }
            return forEach.kind === 'attribute' ? askLive('common_values', {attribute: wanted, revision}) : groupsStartingWith(wanted, signal);
        },
    });
    return fault ? NONE : answer ?? NONE;
}

async function groupsStartingWith(prefix: string, signal: AbortSignal): Promise<string[]> {
    const groups = await findGroups(prefix, signal);
    return groups.filter(({name}) => name.toLowerCase().startsWith(prefix.toLowerCase())).map(({name}) => name.slice(prefix.length).trim()).filter((value) => value !== '');
}
