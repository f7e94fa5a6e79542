import {FormattedMessage, useIntl} from 'react-intl';

import {nameOf} from '../../../i18n/name_of';
import {actions} from '../../../sync/lists';
import {localeOf} from '../../../sync/messages/locale';
import type {ChangeStatus} from '../../../sync/types';

import {Icon} from '../../widgets/icon';
import {ignoreEnter} from '../../widgets/ignore_enter';

import {isNarrowed, noFilters, reasonName, targetName, type Filters, type Tally} from './change_rows';
import {FilterSelect} from './filter_select';

/** Frequently wanted values get a chip of their own if they occur. */
const lookedFor: ChangeStatus[] = ['failed', 'held', 'discarded'];

interface Props {
    filters: Filters;
    tally: Tally;
    onChange(filters: Filters): void;
}

/** Filters the table of changes by action, status, reason, and a text in the name, email, or username. */
export function ChangeFilters({filters, tally, onChange}: Props) {
    const intl = useIntl();
    const locale = localeOf(intl.locale);
    const label = intl.formatMessage({id: 'entrasync.changes.search'});
    return (
        <>
            <Chips filters={filters} tally={tally} onChange={onChange}/>
            <div className='EntraSync__filters'>
                <input
                    type='search'
                    className='form-control'
                    aria-label={label}
                    placeholder={label}
                    value={filters.text}
                    onChange={(event) => onChange({...filters, text: event.target.value})}
                    onKeyDown={ignoreEnter}
                />
                <FilterSelect
                    label={intl.formatMessage({id: 'entrasync.changes.status'})}
                    chosen={filters.statuses}
                    options={[...tally.statuses].map(([status, count]) => ({value: status, count, label: nameOf(intl, 'change_status', status)}))}
                    onChange={(statuses) => onChange({...filters, statuses})}
                />
                <FilterSelect
                    label={intl.formatMessage({id: 'entrasync.changes.reason'})}
                    chosen={filters.reasons}
                    options={[...tally.reasons].map(([reason, count]) => ({value: reason, count, label: reasonName(locale, reason)}))}
                    onChange={(reasons) => onChange({...filters, reasons})}
                />
                {tally.targets.size > 0 && (
                    <FilterSelect
                        label={intl.formatMessage({id: 'entrasync.changes.target'})}
                        chosen={filters.targets}
                        options={[...tally.targets].map(([target, {count, change}]) => ({value: target, count, label: targetName(locale, change)}))}
                        areNames={true}
                        onChange={(targets) => onChange({...filters, targets})}
                    />
                )}
                {isNarrowed(filters) && (
                    <button type='button' className='btn btn-tertiary btn-sm' onClick={() => onChange(noFilters)}><FormattedMessage id='entrasync.changes.clear'/></button>
                )}
            </div>
        </>
    );
}

function Chips({filters, tally, onChange}: Props) {
    const intl = useIntl();
    return (
        <div className='EntraSync__chips' role='group' aria-label={intl.formatMessage({id: 'entrasync.changes.chips'})}>
            {actions.map((action) => (
                <Chip
                    key={action}
                    label={nameOf(intl, 'action', action)}
                    count={tally.actions.get(action) ?? 0}
                    isOn={filters.actions.includes(action)}
                    onToggle={() => onChange({...filters, actions: toggled(filters.actions, action)})}
                />
            ))}
            {lookedFor.filter((status) => tally.statuses.has(status) || filters.statuses.includes(status)).map((status) => (
                <Chip
                    key={status}
                    label={nameOf(intl, 'change_status', status)}
                    count={tally.statuses.get(status) ?? 0}
                    isOn={filters.statuses.includes(status)}
                    onToggle={() => onChange({...filters, statuses: toggled(filters.statuses, status)})}
                />
            ))}
            <Chip
                label={intl.formatMessage({id: 'entrasync.changes.addresses'})}
                count={tally.addresses}
                isOn={filters.isAddress}
                onToggle={() => onChange({...filters, isAddress: !filters.isAddress})}
            />
            {(tally.unverified > 0 || filters.isUnverified) && (
                <Chip
                    label={intl.formatMessage({id: 'entrasync.changes.unverified'})}
                    count={tally.unverified}
                    isOn={filters.isUnverified}
                    onToggle={() => onChange({...filters, isUnverified: !filters.isUnverified})}
                />
            )}
        </div>
    );
}

function Chip({label, count, isOn, onToggle}: {label: string; count: number; isOn: boolean; onToggle(): void}) {
    const intl = useIntl();
    return (
        <button type='button' className='EntraSync__chip' aria-pressed={isOn} onClick={onToggle}>
            {isOn && <Icon name='done' size={14}/>}<span>{label}</span> <strong>{intl.formatNumber(count)}</strong>
        </button>
    );
}

function toggled<T>(list: T[], member: T): T[] {
    return list.includes(member) ? list.filter((other) => other !== member) : [...list, member];
}
