import {FormattedMessage, useIntl} from 'react-intl';

import {useEditor} from '../editor_context';

/** Takes a condition out of its group. */
export function RemoveCondition({onRemove}: {onRemove(): void}) {
    const intl = useIntl();
    const {isDisabled} = useEditor();
    return (
        <button
            type='button'
            className='btn btn-tertiary btn-sm'
            disabled={isDisabled}
            aria-label={intl.formatMessage({id: 'entrasync.users.rule_remove_condition'})}
            onClick={onRemove}
        >
            <FormattedMessage id='entrasync.list.remove'/>
        </button>
    );
}
