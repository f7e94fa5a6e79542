import {useCallback, useId, useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';
import {useSelector} from 'react-redux';
import AsyncSelect from 'react-select/async';

import {isAbort, shownFaultOf, type ShownFault} from '../../../faults';
import {askLive} from '../../../live/ask';
import type {FoundPerson} from '../../../live/find_people';
import {dataRevision} from '../../../store/selectors';
import {FaultNotice} from '../widgets/fault_notice';
import {keepForm} from '../widgets/keep_form';
import {Moment} from '../widgets/moment';
import {selectTheme} from '../widgets/select_theme';
import {selectWords} from '../widgets/select_words';
import {useAnswer} from '../widgets/use_answer';

interface Props {
    person: FoundPerson | null;
    onChoose(person: FoundPerson | null): void;
}

/** Finds a person of the newest read by name or address, to see what the policy makes of them. */
export function PersonPicker({person, onChoose}: Props) {
    const intl = useIntl();
    const id = useId();
    const [fault, setFault] = useState<ShownFault | null>(null);
    const revision = useSelector(dataRevision);
    const size = useAnswer(useCallback(() => askLive('directory_size', {revision}), [revision]), '');
    const load = async (q: string): Promise<FoundPerson[]> => {
        try {
            const {people} = await askLive('find_people', {q, revision});
            setFault(null);
            return people;
        } catch (error) {
            if (!isAbort(error)) {
                setFault(shownFaultOf(error));
            }
            return [];
        }
    };
    if (size.answer?.read_at === 0) {
        return <p className='help-text'><FormattedMessage id='entrasync.person.none_read'/></p>;
    }
    return (
        <div className='EntraSync__person' onKeyDown={keepForm}>
            <label htmlFor={id}><FormattedMessage id='entrasync.person.label'/></label>
            <AsyncSelect<FoundPerson>
                inputId={id}
                className='EntraSync__select'
                classNamePrefix='EntraSync__select'
                theme={selectTheme}
                value={person}
                onChange={onChoose}
                loadOptions={load}
                defaultOptions={size.answer !== null}
                isClearable={true}
                getOptionValue={({object_id}) => object_id}
                getOptionLabel={labelOf}
                formatOptionLabel={PersonLabel}
                placeholder={intl.formatMessage({id: 'entrasync.fields.person_search'})}
                noOptionsMessage={() => intl.formatMessage({id: 'entrasync.person.nobody'})}
                {...selectWords<FoundPerson, false>(intl)}
            />
            {size.answer && (
                <p className='help-text'>
                    <FormattedMessage id='entrasync.person.read' values={{count: size.answer.people, time: <Moment ms={size.answer.read_at}/>}}/>
                </p>
            )}
            {(fault ?? size.fault) && <FaultNotice fault={(fault ?? size.fault)!}/>}
        </div>
    );
}

/** What the person is called, for screen readers too; texts of the directory, and nothing else. */
export function labelOf({display_name, email, user_principal_name, object_id}: FoundPerson): string {
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
