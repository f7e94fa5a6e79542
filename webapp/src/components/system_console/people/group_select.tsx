import {useMemo, useRef, useState} from 'react';
import {useIntl} from 'react-intl';
import AsyncSelect from 'react-select/async';

import type {GroupAnswer} from '../../../answers';
import {findGroups} from '../../../client';
import {shownFaultOf, type ShownFault} from '../../../faults';
import {FaultNotice} from '../widgets/fault_notice';
import {keepForm} from '../widgets/keep_form';
import {selectTheme} from '../widgets/select_theme';
import {selectWords} from '../widgets/select_words';

import {useEditor} from './editor_context';

/** How long (ms) somebody must have stopped typing before the directory is asked. */
const PAUSE = 250;

interface Props {
    label: string;

    /** Takes the object id. */
    onChoose(id: string): void;
}

/** Finds a group of the directory by the beginning of a word of its name. */
export function GroupSelect({label, onChoose}: Props) {
    const intl = useIntl();
    const {groups, isDisabled} = useEditor();
    const timer = useRef(0);
    const [fault, setFault] = useState<ShownFault | null>(null);
    const words = useMemo(() => selectWords<GroupAnswer, false>(intl), [intl]);

    const load = (typed: string) => new Promise<GroupAnswer[]>((settle) => {
        window.clearTimeout(timer.current);
        timer.current = window.setTimeout(async () => {
            try {
                const found = typed.trim() === '' ? [] : await findGroups(typed.trim());
                groups.remember(found);
                setFault(null);
                settle(found);
            } catch (error) {
                setFault(shownFaultOf(error));
                settle([]);
            }
        }, PAUSE);
    });
    return (
        <div onKeyDown={keepForm}>
            <AsyncSelect<GroupAnswer, false>
                className='EntraSync__select EntraSync__groupSelect'
                classNamePrefix='EntraSync__select'
                theme={selectTheme}
                isDisabled={isDisabled}
                aria-label={label}
                placeholder={label}
                value={null}
                loadOptions={load}
                getOptionValue={({id}) => id}
                getOptionLabel={({name, id}) => name || id}
                noOptionsMessage={({inputValue}) => intl.formatMessage({id: inputValue.trim() === '' ? 'entrasync.group.type' : 'entrasync.group.none'})}
                formatOptionLabel={(group) => <Found group={group}/>}
                onChange={(group) => group && onChoose(group.id)}
                {...words}
            />
            {fault && <FaultNotice fault={fault}/>}
        </div>
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
