import {useContext, useRef, useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';
import {useDispatch, useSelector} from 'react-redux';

import {lookUp} from '../../client';
import {personChosen} from '../../store/actions';
import {chosenPerson} from '../../store/selectors';
import type {AttributeField} from '../../sync/types';
import {MaySeeSync} from '../frame/no_permission';
import type {EditorProps} from '../policy/editor_props';
import {withPart} from '../policy/policy_document';
import {useAnswer} from '../widgets/use_answer';

import {AddAttribute} from './add_attribute';
import {tableFields, attributeNames, type FieldKey} from './field_rules';
import {FieldRow} from './field_row';
import {MappedSummary} from './mapped_summary';
import {PersonPicker} from './person_picker';
import './styles.css';
import {useMapped} from './use_mapped';

/** Which account field gets which attribute, and the result for a selected user. */
export default function FieldsEditor({document, faults, isDisabled, onChange}: EditorProps) {
    const dispatch = useDispatch();
    const maySee = useContext(MaySeeSync);
    const person = useSelector(chosenPerson);
    const [open, setOpen] = useState('');
    const [added, setAdded] = useState('');
    const entry = useRef<HTMLDivElement>(null);
    const mapped = useMapped(document, faults, person?.object_id ?? '');
    const names = attributeNames(document);
    const usable = useUsableAttributes();

    const rowOf = (fieldKey: FieldKey) => {
        const id = `${fieldKey.kind} ${fieldKey.name}`;
        return (
            <FieldRow
                key={id}
                fieldKey={fieldKey}
                document={document}
                faults={faults}
                isDisabled={isDisabled}
                isOpen={open === id}
                isNew={added === id}
                isMissing={fieldKey.kind === 'attribute' && usable !== null && !usable.includes(fieldKey.name)}
                result={person && mapped.person?.fields.find(({field, name = field}) => (
                    name === fieldKey.name && (field === 'attribute') === (fieldKey.kind === 'attribute')))}
                onToggle={() => setOpen(open === id ? '' : id)}
                onChange={onChange}
                onRemoved={() => entry.current?.querySelector('input')?.focus()}
            />
        );
    };
    const add = (name: string) => {
        if (!names?.includes(name)) {
            onChange(withPart(document, ['mapping', 'attributes', name], {sources: []}));
        }
        setOpen(`attribute ${name}`);
        setAdded(`attribute ${name}`);
    };
    return (
        <div className='EntraSync__fields'>
            {maySee && <PersonPicker person={person} onChoose={(chosen) => dispatch(personChosen(chosen))}/>}
            {person && <MappedSummary mapped={mapped}/>}
            <FieldTable hasResults={person !== null}>
                <tbody role='rowgroup'>{tableFields.map((name) => rowOf({kind: 'field', name}))}</tbody>
                {names && names.length > 0 && <tbody role='rowgroup'>{names.map((name) => rowOf({kind: 'attribute', name}))}</tbody>}
            </FieldTable>
            <div className='EntraSync__attributes' ref={entry}>
                <AddAttribute
                    names={names}
                    usable={usable}
                    isDisabled={isDisabled}
                    onAdd={add}
                    onReset={() => onChange(withPart(document, ['mapping', 'attributes'], undefined))}
                />
            </div>
        </div>
    );
}

/** The names of the user attributes that the sync could fill on this server; null while they are not known. */
function useUsableAttributes(): string[] | null {
    const {answer} = useAnswer({queryKey: ['attribute_fields'], queryFn: ({signal}) => lookUp('accounts.attribute_fields', {}, signal)});
    const fields = answer && Array.isArray(answer.fields) ? answer.fields as AttributeField[] : null;
    return fields && fields.filter(({type, is_synced}) => type === 'text' && !is_synced).map(({name}) => name);
}

/** The roles are explicit: a narrow page shows the table as blocks, which browsers no longer treat as a table. */
function FieldTable({hasResults, children}: {hasResults: boolean; children: React.ReactNode}) {
    const intl = useIntl();
    const columns = ['field', 'sources', 'steps', 'when', ...(hasResults ? ['result'] as const : [])] as const;
    return (
        <div className='EntraSync__scroll'>
            <table className='EntraSync__table EntraSync__fieldTable' role='table' aria-label={intl.formatMessage({id: 'entrasync.mapping.table'})}>
                <thead role='rowgroup'>
                    <tr role='row'>
                        {columns.map((column) => <th key={column} role='columnheader' scope='col'><FormattedMessage id={`entrasync.mapping.column_${column}`}/></th>)}
                    </tr>
                </thead>
                {children}
            </table>
        </div>
    );
}
