import {useState, type ReactNode} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {clearUnreadable} from '../../widgets/clear_unreadable';
import {ignoreEnter} from '../../widgets/ignore_enter';
import {UnfitPart} from '../../widgets/unfit_part';
import {useElementId} from '../../widgets/use_element_id';

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

    // What no number can come of, such as “-”, is reported and changes nothing.
    const [isUnreadable, setIsUnreadable] = useState(false);
    if (value !== undefined && typeof value !== 'number') {
        return <div className='EntraSync__setting'><p className='EntraSync__label'>{label}</p><UnfitPart path={faultPath} isDisabled={props.isDisabled} onReset={reset}/></div>;
    }
    const isWrong = hasFault || isUnreadable;
    const fault = isWrong ? intl.formatMessage({id: isWhole ? 'entrasync.number.whole' : 'entrasync.number.any'}, {min, max}) : null;
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
                aria-invalid={isWrong}
                aria-describedby={describedBy(id, fault, helpId)}
                onInput={({currentTarget}) => setIsUnreadable(currentTarget.validity.badInput)}
                onChange={({target}) => {
                    setDraft(target.value);
                    if (target.value !== '') {
                        set(Number(target.value));
                    } else if (!target.validity.badInput) {
                        reset();
                    }
                }}
                onBlur={({target}) => {
                    clearUnreadable(target);
                    setDraft(null);
                    setIsUnreadable(false);
                }}
                onKeyDown={ignoreEnter}
            />
        </SettingFrame>
    );
}
