import {FormattedMessage} from 'react-intl';

import {Notice} from './notice';

interface Props {
    isDisabled: boolean;

    /** Takes the part out of the policy, so that its default holds. */
    onReset(): void;
}

/** Stands in place of a control whose part of the policy has a shape that no form can show. */
export function UnfitPart({isDisabled, onReset}: Props) {
    return (
        <Notice kind='warning' title={<FormattedMessage id='entrasync.unfit.title'/>}>
            <p><FormattedMessage id='entrasync.unfit.hint'/></p>
            <button type='button' className='btn btn-tertiary btn-sm' disabled={isDisabled} onClick={onReset}><FormattedMessage id='entrasync.unfit.reset'/></button>
        </Notice>
    );
}
