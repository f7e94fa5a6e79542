import {useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';
import {useSelector} from 'react-redux';

import {askLive} from '../../live/ask';
import type {FoundPerson} from '../../live/find_people';
import {dataRevision} from '../../store/selectors';
import {FaultNotice} from '../widgets/fault_notice';
import {Moment} from '../widgets/moment';
import {SelectBox} from '../widgets/select_box';
import {useAnswer} from '../widgets/use_answer';
import {useElementId} from '../widgets/use_element_id';

interface Props {
    person: FoundPerson | null;
    onChoose(person: FoundPerson | null): void;
}

/** Finds a user of the newest full read by name or address, to preview the mapping. */
export function PersonPicker({person, onChoose}: Props) {
    const intl = useIntl();
    const id = useElementId();
    const [q, setQ] = useState('');
    const revision = useSelector(dataRevision);
    const size = useAnswer({queryKey: ['directory_size', revision], queryFn: () => askLive('directory_size', {revision})});
    const found = useAnswer({queryKey: ['find_people', q, revision], queryFn: async () => ({q, ...await askLive('find_people', {q, revision})})});
    const fault = found.fault ?? size.fault;
    if (size.answer?.read_at === 0) {
        return <p className='help-text'><FormattedMessage id='entrasync.person.none_read'/></p>;
    }
    return (
        <div className='EntraSync__person'>
            <label htmlFor={id}><FormattedMessage id='entrasync.person.label'/></label>
            <SelectBox<FoundPerson>
                inputId={id}
                value={person}
                onChange={onChoose}
                options={found.answer?.q === q && !found.fault ? found.answer.people : []}
                isLoading={found.isLoading}
                filterOption={null}
                onInputChange={(typed) => setQ(typed)}
                isClearable={true}
                getOptionValue={({object_id}) => object_id}
                getOptionLabel={labelOf}
                formatOptionLabel={PersonLabel}
                placeholder={intl.formatMessage({id: 'entrasync.mapping.person_search'})}
                noOptionsMessage={() => intl.formatMessage({id: 'entrasync.person.nobody'})}
            />
            {size.answer && (
                <p className='help-text'>
                    <FormattedMessage id='entrasync.person.read' values={{count: size.answer.people, time: <Moment ms={size.answer.read_at}/>}}/>
                </p>
            )}
            {fault && <FaultNotice fault={fault}/>}
        </div>
    );
}

/** The name of the user, for screen readers too; it has only texts of the directory. */
function labelOf({display_name, email, user_principal_name, object_id}: FoundPerson): string {
    return [display_name, email || user_principal_name].filter((text) => text !== '').join(', ') || object_id;
}

function PersonLabel({display_name, email, user_principal_name, object_id}: FoundPerson) {
    const address = email || user_principal_name;
    return (
        <>
            <bdi>{display_name || address || object_id}</bdi>
            {display_name && address && <bdi className='EntraSync__quiet EntraSync__address'>{address}</bdi>}
        </>
    );
}
