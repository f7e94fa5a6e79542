import {useId, useMemo} from 'react';
import {useIntl, type IntlShape} from 'react-intl';
import Select, {components, type AriaLiveMessages, type GroupBase, type MultiValueRemoveProps, type StylesConfig, type Theme} from 'react-select';

import {keepForm} from '../common/keep_form';

interface Option {
    value: string;
    label: string;
    count: number;
}

interface Props<T extends string> {
    label: string;
    chosen: T[];
    options: Array<Option & {value: T}>;
    onChange(chosen: T[]): void;
}

/** Several of a list, with how often each of them occurs; none of them is all. */
export function FilterSelect<T extends string>({label, chosen, options, onChange}: Props<T>) {
    const intl = useIntl();
    const id = useId();
    const spoken = useMemo(() => spokenBy(intl), [intl]);
    const sorted = useMemo(() => [...options].sort((a, b) => b.count - a.count), [options]);
    const value = chosen.map((member) => sorted.find((option) => option.value === member) ?? {value: member, label: member, count: 0});
    return (
        <div className='EntraSync__choice EntraSync__select' onKeyDown={keepForm}>
            <label htmlFor={id}>{label}</label>
            <Select<Option, true>
                inputId={id}
                isMulti={true}
                value={value}
                options={sorted}
                onChange={(next) => onChange(next.map((option) => option.value as T))}
                getOptionLabel={(option) => `${option.label} (${intl.formatNumber(option.count)})`}
                placeholder={intl.formatMessage({id: 'entrasync.changes.any'})}
                noOptionsMessage={() => intl.formatMessage({id: 'entrasync.select.none'})}
                closeMenuOnSelect={false}
                components={{MultiValueRemove: Remove}}
                ariaLiveMessages={spoken}
                screenReaderStatus={({count}) => intl.formatMessage({id: 'entrasync.select.count'}, {count})}
                theme={themed}
                styles={styles}
            />
        </div>
    );
}

function Remove(props: MultiValueRemoveProps<Option, true>) {
    const name = useIntl().formatMessage({id: 'entrasync.select.remove'}, {name: props.data.label});
    return <components.MultiValueRemove {...props} innerProps={{...props.innerProps, 'aria-label': name}}/>;
}

/** What a screen reader hears in place of the library's English. */
function spokenBy(intl: IntlShape): AriaLiveMessages<Option, true, GroupBase<Option>> {
    return {
        guidance: ({context}) => (context === 'menu' ? intl.formatMessage({id: 'entrasync.select.guidance'}) : ''),
        onChange: ({action, label = ''}) => {
            switch (action) {
            case 'select-option':
                return intl.formatMessage({id: 'entrasync.select.chosen'}, {name: label});
            case 'deselect-option':
            case 'pop-value':
            case 'remove-value':
                return intl.formatMessage({id: 'entrasync.select.removed'}, {name: label});
            case 'clear':
                return intl.formatMessage({id: 'entrasync.select.cleared'});
            default:
                return '';
            }
        },
        onFocus: ({label = ''}) => label,
        onFilter: ({inputValue, resultsMessage}) => `${inputValue} ${resultsMessage}`,
    };
}

const ink = (alpha: number) => `rgba(var(--center-channel-color-rgb), ${alpha})`;

/** The names of the library's colours, with the theme's. */
function themed(theme: Theme): Theme {
    return {
        ...theme,
        borderRadius: 4,
        colors: {
            ...theme.colors,
            primary: 'var(--button-bg)',
            primary75: 'rgba(var(--button-bg-rgb), 0.75)',
            primary50: 'rgba(var(--button-bg-rgb), 0.16)',
            primary25: 'rgba(var(--button-bg-rgb), 0.08)',
            danger: 'var(--error-text)',
            dangerLight: ink(0.16),
            neutral0: 'var(--center-channel-bg)',
            neutral5: ink(0.04),
            neutral10: ink(0.12),
            neutral20: ink(0.16),
            neutral30: ink(0.32),
            neutral40: ink(0.76),
            neutral50: ink(0.76),
            neutral60: ink(0.76),
            neutral80: 'var(--center-channel-color)',
            neutral90: 'var(--center-channel-color)',
        },
    };
}

const styles: StylesConfig<Option, true> = {
    control: (base) => ({...base, minHeight: 34}),
    menu: (base) => ({...base, zIndex: 3}),
    option: (base) => ({...base, color: 'var(--center-channel-color)', overflowWrap: 'anywhere'}),
};
