import {useEffect, useRef} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {FaultNotice} from '../../widgets/fault_notice';
import {useElementId} from '../../widgets/use_element_id';

import {useEditor} from '../editor_context';
import {FaultsAt} from '../faults_at';
import {GroupName} from './group_name';
import {GroupSelect} from './group_select';

interface Props {
    path: string;

    /** Object ids. */
    entries: string[];
    isFresh: boolean;
    onChange(entries: string[]): void;
}

/** Groups, found by name and kept by object id. */
export function GroupList({path, entries, isFresh, onChange}: Props) {
    const intl = useIntl();
    const {faults, groups, isDisabled} = useEditor();
    const listId = useElementId();
    const part = useRef<HTMLDivElement>(null);
    const focusSelect = () => part.current?.querySelector<HTMLInputElement>('input')?.focus();
    useEffect(() => {
        if (isFresh) {
            focusSelect();
        }
    }, [isFresh]);
    const remove = (index: number) => {
        onChange(entries.filter((_, at) => at !== index));
        focusSelect();
    };
    return (
        <div ref={part}>
            {entries.length > 0 && groups.fault && <FaultNotice fault={groups.fault} kind='warning' isUrgent={false}/>}
            <ul className='EntraSync__rows'>
                {entries.map((id, at) => (
                    <li key={`${id} ${at}`}>
                        <div className='EntraSync__entry EntraSync__entry--wide'>
                            <GroupName id={id}/>
                            <button
                                type='button'
                                className='btn btn-tertiary btn-sm'
                                disabled={isDisabled}
                                aria-label={intl.formatMessage({id: 'entrasync.list.remove_item'}, {name: groups.nameOf(id) || id})}
                                onClick={() => remove(at)}
                            >
                                <FormattedMessage id='entrasync.list.remove'/>
                            </button>
                        </div>
                        <FaultsAt faults={faults} path={`${path}[${at}]`} id={`${listId}-${at}-faults`} form={intl.formatMessage({id: 'entrasync.users.form_group'})}/>
                    </li>
                ))}
            </ul>
            <GroupSelect
                label={intl.formatMessage({id: 'entrasync.users.new_group'})}
                onChoose={(id) => onChange(entries.some((old) => old.toLowerCase() === id.toLowerCase()) ? entries : [...entries, id])}
            />
        </div>
    );
}
