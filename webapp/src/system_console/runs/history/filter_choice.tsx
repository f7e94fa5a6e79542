import {useIntl} from 'react-intl';

import {capitalized} from '../../../i18n/capitalized';
import {useElementId} from '../../widgets/use_element_id';

interface Props<T extends string> {
    label: string;
    value: T | '';

    /** Each with its name in the reader's language. */
    options: Array<[T, string]>;
    onChange(value: T | ''): void;
}

/** One of a short list, or all of them. */
export function FilterChoice<T extends string>({label, value, options, onChange}: Props<T>) {
    const intl = useIntl();
    const id = useElementId();
    return (
        <div className='EntraSync__choice'>
            <label htmlFor={id}>{label}</label>
            <select id={id} className='form-control' value={value} onChange={(event) => onChange(event.target.value as T | '')}>
                <option value=''>{intl.formatMessage({id: 'entrasync.changes.any'})}</option>
                {options.map(([option, name]) => <option key={option} value={option}>{capitalized(name, intl.locale)}</option>)}
            </select>
        </div>
    );
}
