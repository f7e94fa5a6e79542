import {useState} from 'react';
import {useIntl} from 'react-intl';

import type {GroupAnswer} from '../../../answers';
import {findGroups} from '../../../client';
import {FaultNotice} from '../../widgets/fault_notice';
import {SelectBox} from '../../widgets/select_box';
import {useAnswer} from '../../widgets/use_answer';
import {useDebounced} from '../../widgets/use_debounced';

import {useEditor} from '../editor_context';

/** How long (ms) typing must pause before the directory is searched. */
const PAUSE = 250;

interface Props {
    label: string;

    /** Takes the object id. */
    onChoose(id: string): void;
}

/** Finds a group of the directory by the beginning of a word of its name. */
export function GroupSelect({label, onChoose}: Props) {
    const intl = useIntl();
    const {groups: {remember}, isDisabled} = useEditor();
    const [typed, setTyped] = useState('');
    const q = typed.trim();
    const settled = useDebounced(q, PAUSE);
    const {answer, fault, isLoading} = useAnswer({
        queryKey: ['find_groups', settled],
        queryFn: async ({signal}) => {
            const found = settled === '' ? [] : await findGroups(settled, signal);
            remember(found);
            return {q: settled, found};
        },
    });
    return (
        <>
            <SelectBox<GroupAnswer>
                className='EntraSync__groupSelect'
                isDisabled={isDisabled}
                aria-label={label}
                placeholder={label}
                value={null}
                options={answer?.q === q ? answer.found : []}
                isLoading={q !== '' && (isLoading || settled !== q)}
                filterOption={null}
                onInputChange={(changed) => setTyped(changed)}
                getOptionValue={({id}) => id}
                getOptionLabel={({name, id}) => name || id}
                noOptionsMessage={() => intl.formatMessage({id: q === '' ? 'entrasync.group.type' : 'entrasync.group.none'})}
                formatOptionLabel={(group) => <Found group={group}/>}
                onChange={(group) => group && onChoose(group.id)}
            />
            {fault && <FaultNotice fault={fault}/>}
        </>
    );
}

/** Names need not be unique: the description and the object id tell groups apart. */
function Found({group: {id, name, description}}: {group: GroupAnswer}) {
    return (
        <span className='EntraSync__group'>
            <bdi className='EntraSync__name'>{name || id}</bdi>
            {description && <bdi className='EntraSync__quiet'>{description}</bdi>}
            <bdi className='EntraSync__quiet'>{id}</bdi>
        </span>
    );
}
