import {useId} from 'react';
import {useIntl} from 'react-intl';

import type {ChangeQuery} from '../../../client';
import {nameOf} from '../../../i18n/name_of';
import type {Action, ChangeStatus} from '../../../sync/types';

import {keepForm} from '../common/keep_form';

const actions: Action[] = ['create', 'update', 'reactivate', 'deactivate', 'skip', 'conflict'];
const statuses: ChangeStatus[] = ['planned', 'done', 'failed', 'held', 'discarded'];

interface Props {
    query: ChangeQuery;
    onFilter(change: Partial<ChangeQuery>): void;
}

/** Narrows the table of changes by action, status and a text in name, e-mail or username. */
export function ChangeFilters({query, onFilter}: Props) {
    const intl = useIntl();
    return (
        <div className='EntraSync__filters'>
            <input
                type='search'
                className='form-control'
                aria-label={intl.formatMessage({id: 'entrasync.changes.search'})}
                placeholder={intl.formatMessage({id: 'entrasync.changes.search'})}
                value={query.q}
                onChange={(event) => onFilter({q: event.target.value})}
                onKeyDown={keepForm}
            />
            <Choice
                label={intl.formatMessage({id: 'entrasync.changes.action'})}
                value={query.action}
                options={actions.map((action) => [action, nameOf(intl, 'action', action)])}
                onChange={(action) => onFilter({action})}
            />
            <Choice
                label={intl.formatMessage({id: 'entrasync.changes.status'})}
                value={query.status}
                options={statuses.map((status) => [status, nameOf(intl, 'change_status', status)])}
                onChange={(status) => onFilter({status})}
            />
        </div>
    );
}


function Choice({label, value, options, onChange}: {label: string; value: string; options: Array<[string, string]>; onChange(value: string): void}) {
    const intl = useIntl();
    const id = useId();
    return (
        <div className='EntraSync__choice'>
            <label htmlFor={id}>{label}</label>
            <select id={id} className='form-control' value={value} onChange={(event) => onChange(event.target.value)}>
                <option value=''>{intl.formatMessage({id: 'entrasync.changes.any'})}</option>
                {options.map(([option, name]) => <option key={option} value={option}>{name}</option>)}
            </select>
        </div>
    );
}
