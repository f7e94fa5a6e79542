import {useIntl} from 'react-intl';

import type {MessageId} from '../../i18n/message_id';

import type {ShownStep} from './field_rules';

/** Names a step in the reader's language; one of a newer version is called as it is. */
export function useStepName(): (step: ShownStep) => string {
    const intl = useIntl();
    return ({step}) => {
        const id = `entrasync.step_name.${step}`;
        return id in intl.messages ? intl.formatMessage({id: id as MessageId}) : step;
    };
}
