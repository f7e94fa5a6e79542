import type {ReactNode} from 'react';
import {FormattedMessage} from 'react-intl';

import './settings.css';

interface Props {

    /** The id of the control; what explains it is `<id>-help`, and what is wrong with it `<id>-fault`. */
    id: string;

    /** Undefined where the control brings its own. */
    label?: ReactNode;

    /** What the setting does, as it is set now; null if it is explained elsewhere. */
    consequence: ReactNode;

    /** What is wrong, or null. */
    fault?: ReactNode;
    isDefault: boolean;

    /** The default in words. */
    byDefault: ReactNode;
    isDisabled: boolean;
    onReset(): void;
    children: ReactNode;
}

/** A setting with its consequence in a sentence, and the way back to its default. */
export function SettingFrame({id, label, consequence, fault = null, isDefault, byDefault, isDisabled, onReset, children}: Props) {
    const reset = () => {
        onReset();
        // The button goes: the focus goes to what it has changed.
        document.getElementById(id)?.focus();
    };
    return (
        <div className='EntraSync__setting'>
            {label && <label htmlFor={id}>{label}</label>}
            <div className='EntraSync__settingControl'>
                {children}
                {isDefault ? (
                    <small className='EntraSync__quiet'><FormattedMessage id='entrasync.setting.default'/></small>
                ) : (
                    <button type='button' className='btn btn-link btn-sm' disabled={isDisabled} aria-describedby={consequence === null ? undefined : `${id}-help`} onClick={reset}>
                        <FormattedMessage id='entrasync.setting.reset' values={{value: byDefault}}/>
                    </button>
                )}
            </div>
            {fault !== null && <p id={`${id}-fault`} className='EntraSync__fault'>{fault}</p>}
            {consequence !== null && <p id={`${id}-help`} className='help-text'>{consequence}</p>}
        </div>
    );
}

/** What describes the control, for `aria-describedby`; `helpId` is the element that explains it, if it is another one than the setting's own. */
export function describedBy(id: string, fault: ReactNode, helpId = `${id}-help`): string {
    return fault === null ? helpId : `${id}-fault ${helpId}`;
}
