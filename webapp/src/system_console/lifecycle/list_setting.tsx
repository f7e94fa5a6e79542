import type {ReactNode} from 'react';

import {TextList} from '../widgets/text_list';
import {UnfitPart} from '../widgets/unfit_part';

import {settingAt, type SettingProps} from '../policy/settings/settings';

interface Props extends SettingProps {
    path: readonly string[];
    label: ReactNode;
    help: ReactNode;
    addLabel: string;

    /** Entries of the list, and characters of one. */
    max: number;
    maxLength: number;

    /** What is wrong with an entry that is empty or too long. */
    fault: string;
}

/** A list of names, each a text of its own. */
export function ListSetting({path, label, help, addLabel, max, maxLength, fault, ...props}: Props) {
    const {faultPath, value, set, reset} = settingAt(props, path);
    if (!isTexts(value)) {
        return <div className='EntraSync__setting'><p className='EntraSync__label'>{label}</p><UnfitPart path={faultPath} isDisabled={props.isDisabled} onReset={reset}/></div>;
    }
    const isWrong = (text: string) => text.trim() === '' || text.trim().length > maxLength;
    return (
        <TextList
            items={value}
            label={label}
            help={help}
            addLabel={addLabel}
            max={max}
            faultOf={(index) => (isWrong(value[index]!) ? fault : null)}
            isDisabled={props.isDisabled}
            onChange={set}
        />
    );
}

function isTexts(value: unknown): value is string[] {
    return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
