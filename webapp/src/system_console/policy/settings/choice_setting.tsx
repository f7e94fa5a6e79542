import type {ReactNode} from 'react';

import {UnfitPart} from '../../widgets/unfit_part';
import {useElementId} from '../../widgets/use_element_id';

import {describedBy, SettingFrame} from './setting_frame';
import {settingAt, type SettingProps} from './settings';

interface Props<T extends string> extends SettingProps {
    path: readonly string[];
    label: ReactNode;
    options: ReadonlyArray<{value: T; name: string}>;
    consequence(value: T): ReactNode;
}

/** One of a few ways. */
export function ChoiceSetting<T extends string>({path, label, options, consequence, ...props}: Props<T>) {
    const id = useElementId();
    const {faultPath, value, byDefault, isDefault, set, reset} = settingAt(props, path);
    const chosen = options.find((option) => option.value === value);
    if (!chosen) {
        return <div className='EntraSync__setting'><p className='EntraSync__label'>{label}</p><UnfitPart path={faultPath} isDisabled={props.isDisabled} onReset={reset}/></div>;
    }
    return (
        <SettingFrame
            id={id}
            label={label}
            consequence={consequence(chosen.value)}
            isDefault={isDefault}
            byDefault={options.find((option) => option.value === byDefault)?.name}
            isDisabled={props.isDisabled}
            onReset={reset}
        >
            <select
                id={id}
                className='form-control'
                value={chosen.value}
                disabled={props.isDisabled}
                aria-describedby={describedBy(id, null)}
                onChange={(event) => set(event.target.value)}
            >
                {options.map((option) => (
                    <option key={option.value} value={option.value}>{option.name}</option>
                ))}
            </select>
        </SettingFrame>
    );
}
