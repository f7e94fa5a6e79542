import {FormattedMessage, useIntl} from 'react-intl';

import {wordsOf} from '../../../i18n/fault_words';
import type {Fault} from '../../../sync/errors';

import {Notice} from '../widgets/notice';

/** What is wrong with the document as it stands on the screen, checked by the same code that the server runs. */
export function PolicyFaults({faults}: {faults: Fault[]}) {
    const intl = useIntl();
    return (
        <div role='status'>
            {faults.length > 0 && (
                <Notice kind='danger' title={<FormattedMessage id='entrasync.policy.faults' values={{count: faults.length}}/>}>
                    <ul>
                        {faults.map((fault, index) => <li key={`${fault.path} ${index}`}>{wordsOf(intl, fault).message}</li>)}
                    </ul>
                </Notice>
            )}
        </div>
    );
}
