import type {ReactNode} from 'react';
import {FormattedMessage} from 'react-intl';

import {Switch} from '../widgets/switch';
import {UnfitPart} from '../widgets/unfit_part';
import {useElementId} from '../widgets/use_element_id';

import {describedBy, SettingFrame} from '../policy/settings/setting_frame';
import {settingAt, type SettingProps} from '../policy/settings/settings';

interface Props extends SettingProps {
    path: readonly string[];
    label: ReactNode;
    consequence(isOn: boolean): ReactNode;
}

/** Something that the sync does or leaves. */
export function SwitchSetting({path, label, consequence, ...props}: Props) {
    const id = useElementId();
    const {faultPath, value, byDefault, isDefault, set, reset} = settingAt(props, path);
    if (typeof value !== 'boolean') {
        return <div className='EntraSync__setting'><p className='EntraSync__label'>{label}</p><UnfitPart path={faultPath} isDisabled={props.isDisabled} onReset={reset}/></div>;
    }
    return (
        <SettingFrame
            id={id}
            consequence={consequence(value)}
            isDefault={isDefault}
            byDefault={<FormattedMessage id={byDefault ? 'entrasync.setting.on' : 'entrasync.setting.off'}/>}
            isDisabled={props.isDisabled}
            onReset={reset}
        >
            <Switch id={id} describedBy={describedBy(id, null)} label={label} isOn={value} isDisabled={props.isDisabled} onChange={set}/>
        </SettingFrame>
    );
}
