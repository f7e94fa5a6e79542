import {useMemo} from 'react';
import {useIntl} from 'react-intl';
import {components, type MultiValueRemoveProps} from 'react-select';

import {capitalized} from '../../../i18n/capitalized';
import {SelectBox} from '../../widgets/select_box';
import {useElementId} from '../../widgets/use_element_id';

interface Option {
    value: string;
    label: string;
    count: number;
}

interface Props<T extends string> {
    label: string;
    chosen: T[];
    options: Array<Option & {value: T}>;

    /** The labels are names, which keep their first letter as it is. */
    areNames?: boolean;
    onChange(chosen: T[]): void;
}

/** Selects several values of a list, each with its count. No selection means all. */
export function FilterSelect<T extends string>({label, chosen, options, areNames = false, onChange}: Props<T>) {
    const intl = useIntl();
    const id = useElementId();
    const sorted = useMemo(() => [...options].sort((a, b) => b.count - a.count), [options]);
    const value = chosen.map((member) => sorted.find((option) => option.value === member) ?? {value: member, label: member, count: 0});
    return (
        <div className='EntraSync__choice EntraSync__filterSelect'>
            <label htmlFor={id}>{label}</label>
            <SelectBox<Option, true>
                inputId={id}
                isMulti={true}
                value={value}
                options={sorted}
                onChange={(next) => onChange(next.map((option) => option.value as T))}
                getOptionLabel={(option) => `${areNames ? option.label : capitalized(option.label, intl.locale)} (${intl.formatNumber(option.count)})`}
                placeholder={intl.formatMessage({id: 'entrasync.changes.any'})}
                noOptionsMessage={() => intl.formatMessage({id: 'entrasync.select.none'})}
                closeMenuOnSelect={false}
                components={{MultiValueRemove: Remove}}
            />
        </div>
    );
}

function Remove(props: MultiValueRemoveProps<Option, true>) {
    const name = useIntl().formatMessage({id: 'entrasync.select.remove'}, {name: props.data.label});
    return <components.MultiValueRemove {...props} innerProps={{...props.innerProps, 'aria-label': name}}/>;
}
