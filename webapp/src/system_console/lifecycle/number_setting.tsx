import {useState, type ReactNode} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {ignoreEnter} from '../widgets/ignore_enter';
import {UnfitPart} from '../widgets/unfit_part';
import {useElementId} from '../widgets/use_element_id';

import {bounds, type NumberName} from './numbers';
import {describedBy, SettingFrame} from './setting_frame';
import {settingAt, type SettingProps} from './settings';

interface Props extends SettingProps {
    name: NumberName;
    label: ReactNode;

    /** The effect of the number; undefined means no number, if there is no default. Without it, `helpId` names what explains the number. */
    consequence?(value: number | undefined): ReactNode;
    helpId?: string;
}

/** A number of the policy. An empty box is the default. */
export function NumberSetting({name, label, consequence, helpId, ...props}: Props) {
    const intl = useIntl();
    const id = useElementId();
    const {path, min, max, isWhole} = bounds[name];
    const {faultPath, value, byDefault, isDefault, hasFault, set, reset} = settingAt(props, path);

    // What is being typed, such as a box that is empty for a moment.
    const [draft, setDraft] = useState<string | null>(null);
    if (value !== undefined && typeof value !== 'number') {
        return <div className='EntraSync__setting'><p className='EntraSync__label'>{label}</p><UnfitPart path={faultPath} isDisabled={props.isDisabled} onReset={reset}/></div>;
    }
    const fault = hasFault ? intl.formatMessage({id: isWhole ? 'entrasync.number.whole' : 'entrasync.number.any'}, {min, max}) : null;
    return (
        <SettingFrame
            id={id}
            label={label}
            consequence={consequence ? consequence(value) : null}
            fault={fault}
            isDefault={isDefault}
            byDefault={byDefault === undefined ? <FormattedMessage id='entrasync.number.none'/> : intl.formatNumber(byDefault as number)}
            isDisabled={props.isDisabled}
            onReset={reset}
        >
            <input
                id={id}
                type='number'
                className='form-control EntraSync__number'
                min={min}
                max={max}
                step={isWhole ? 1 : 'any'}
                placeholder={byDefault === undefined ? intl.formatMessage({id: 'entrasync.number.none'}) : undefined}
                value={draft ?? (value === undefined ? '' : String(value))}
                disabled={props.isDisabled}
                aria-invalid={hasFault}
                aria-describedby={describedBy(id, fault, helpId)}
                onChange={(event) => {
                    setDraft(event.target.value);
                    if (event.target.value === '') {
                        reset();
                    } else {
                        set(Number(event.target.value));
                    }
                }}
                onBlur={() => setDraft(null)}
                onKeyDown={ignoreEnter}
            />
        </SettingFrame>
    );
}
