import {FormattedMessage} from 'react-intl';

import {Notice} from './notice';

interface Props {

    /** The path of the part, such as `Policy.scope.rules`. */
    path: string;
    isDisabled?: boolean;

    /** Takes the part out of the policy, so that its default holds; undefined for a part that has none. */
    onReset?(): void;
}

/** Replaces a control if its part of the policy has a shape that no form can show. */
export function UnfitPart({path, isDisabled = false, onReset}: Props) {
    return (
        <div className='EntraSync__unfit'>
            <Notice kind='warning' title={<FormattedMessage id='entrasync.unfit.title'/>}>
                <p><FormattedMessage id='entrasync.unfit.hint' values={{path: <code key='path'>{path}</code>}}/></p>
                {onReset && <button type='button' className='btn btn-tertiary btn-sm' disabled={isDisabled} onClick={onReset}><FormattedMessage id='entrasync.unfit.reset'/></button>}
            </Notice>
        </div>
    );
}
