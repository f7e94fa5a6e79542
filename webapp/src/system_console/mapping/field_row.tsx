import {useEffect, useRef, type ReactNode} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {Icon} from '../widgets/icon';
import {useElementId} from '../widgets/use_element_id';
import type {MappedField} from '../../live/map_person';
import type {Fault} from '../../sync/errors';
import {hasFaultAt} from '../policy/fault_places';
import type {PolicyDocument} from '../policy/policy_document';

import {SourceSummary, StepSummary, WhenSummary} from './field_cells';
import {FieldPanel} from './field_panel';
import {FieldResult} from './field_result';
import {faultPathOf, shownRule, type FieldKey} from './field_rules';

interface Props {
    fieldKey: FieldKey;
    document: PolicyDocument;
    faults: readonly Fault[];
    isDisabled: boolean;
    isOpen: boolean;

    /** Just added: its editor gets the focus. */
    isNew?: boolean;

    /** Mattermost has no such attribute that the sync could fill. */
    isMissing?: boolean;

    /** The result of the field for the selected user; undefined while it is not known, null without a selected user. */
    result: MappedField | undefined | null;
    onToggle(): void;
    onChange(document: PolicyDocument): void;

    /** The attribute has been removed, and its row with it. */
    onRemoved(): void;
}

/** One field of the table, and below it the editor of its rule while it is open. */
export function FieldRow({fieldKey, document, faults, isDisabled, isOpen, isNew = false, isMissing = false, result, onToggle, onChange, onRemoved}: Props) {
    const intl = useIntl();
    const id = useElementId();
    const toggle = useRef<HTMLButtonElement>(null);
    const panel = useRef<HTMLTableRowElement>(null);
    useEffect(() => {
        if (isNew) {
            panel.current?.querySelector('input')?.focus();
        }
    }, [isNew]);
    const rule = shownRule(document, fieldKey);
    const path = faultPathOf(fieldKey);
    const name = fieldKey.kind === 'attribute' ? fieldKey.name : intl.formatMessage({id: `entrasync.mapping.${fieldKey.name}`});
    const close = () => {
        onToggle();
        toggle.current?.focus();
    };
    return (
        <>
            <tr role='row' className={isOpen ? 'EntraSync__row--chosen' : undefined}>
                <th role='rowheader' scope='row'>
                    <button
                        type='button'
                        className='EntraSync__fieldName'
                        ref={toggle}
                        aria-expanded={isOpen}
                        aria-controls={isOpen ? `${id}-panel` : undefined}
                        onClick={onToggle}
                    >
                        <Icon name={isOpen ? 'open' : 'closed'}/>
                        <bdi>{name}</bdi>
                    </button>
                    {!rule.isSet && <small className='EntraSync__quiet EntraSync__default'><FormattedMessage id='entrasync.setting.default'/></small>}
                    {isMissing && <small className='EntraSync__fault'><FormattedMessage id='entrasync.mapping.attribute_missing'/></small>}
                </th>
                <Cell column='sources'><SourceSummary rule={rule} isInvalid={hasFaultAt(faults, `${path}.sources`) || hasFaultAt(faults, `${path}.join`)}/></Cell>
                <Cell column='steps'><StepSummary rule={rule} isInvalid={hasFaultAt(faults, `${path}.transform`)}/></Cell>
                <Cell column='when'><WhenSummary rule={rule} isInvalid={hasFaultAt(faults, `${path}.when`)}/></Cell>
                {result !== null && <Cell column='result'><FieldResult result={result}/></Cell>}
            </tr>
            {isOpen && (
                <tr role='row' id={`${id}-panel`} ref={panel} className='EntraSync__expanded'>
                    <td role='cell' colSpan={result === null ? 4 : 5}>
                        <FieldPanel
                            fieldKey={fieldKey}
                            rule={rule}
                            document={document}
                            faults={faults}
                            isDisabled={isDisabled}
                            onChange={onChange}
                            onDone={close}
                            onReset={fieldKey.kind === 'attribute' ? onRemoved : close}
                        />
                    </td>
                </tr>
            )}
        </>
    );
}

/** A cell that brings its column's name along, for where the table is drawn as blocks; screen readers know the name from the table. */
function Cell({column, children}: {column: 'sources' | 'steps' | 'when' | 'result'; children: ReactNode}) {
    return (
        <td role='cell'>
            <span className='EntraSync__cellLabel' aria-hidden={true}><FormattedMessage id={`entrasync.mapping.column_${column}`}/></span>
            {children}
        </td>
    );
}
