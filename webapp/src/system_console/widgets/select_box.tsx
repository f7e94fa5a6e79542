import {useMemo} from 'react';
import {useIntl} from 'react-intl';
import Select, {type CSSObjectWithLabel, type Props} from 'react-select';

import {Icon} from './icon';
import {ignoreEnter} from './ignore_enter';
import {selectTheme} from './select_theme';
import {selectWords} from './select_words';

/** A box to choose from while typing, in the console's colors and the reader's language. */
export function SelectBox<Option, IsMulti extends boolean = false>(props: Props<Option, IsMulti>) {
    const intl = useIntl();
    const words = useMemo(() => selectWords<Option, IsMulti>(intl), [intl]);
    return (
        <div onKeyDown={ignoreEnter}>
            <Select<Option, IsMulti>
                classNamePrefix='EntraSync__select'
                theme={selectTheme}
                styles={styles}
                {...words}
                {...props}
                components={{IndicatorSeparator: null, DropdownIndicator: Chevron, ...props.components}}
            />
        </div>
    );
}

/** As in the boxes that the browser draws. */
function Chevron() {
    return <span className='EntraSync__chevron'><Icon name='open' size={18}/></span>;
}

/** As high as the console's own inputs; the list lies above what sticks to the edges of the page. */
const styles = {
    control: (base: CSSObjectWithLabel, {selectProps}: {selectProps: {'aria-invalid'?: unknown}}) => (
        {...base, minHeight: 34, ...(selectProps['aria-invalid'] === true && {borderColor: 'var(--error-text)'})}),
    menu: (base: CSSObjectWithLabel) => ({
        ...base,
        zIndex: 3,
        boxShadow: 'inset 0 0 0 1px rgba(var(--center-channel-color-rgb), 0.16), var(--elevation-3, 0 6px 14px rgba(0, 0, 0, 0.12))',
    }),
    option: (base: CSSObjectWithLabel) => ({...base, color: 'var(--center-channel-color)', overflowWrap: 'anywhere' as const}),
};
