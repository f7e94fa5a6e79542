import {FormattedMessage, useIntl} from 'react-intl';

import {wordsOf} from '../../i18n/fault_words';
import type {Fault} from '../../sync/errors';
import {Icon} from '../widgets/icon';
import {noticeClass} from '../widgets/notice';

/** How many faults are shown at once: one mistake in a pasted list can make thousands, and each needs its own text. */
const mostShown = 20;

/** The faults of the document on the screen, found by the code that the server runs. Only the title is announced. */
export function PolicyFaults({faults}: {faults: Fault[]}) {
    const intl = useIntl();
    const rest = faults.length - mostShown;
    return (
        <div className={faults.length > 0 ? noticeClass('danger') : undefined}>
            {faults.length > 0 && <Icon name='danger' size={20}/>}
            <div className='EntraSync__noticeBody'>
                <div role='status'>
                    {faults.length > 0 && <p className='EntraSync__noticeTitle'><FormattedMessage id='entrasync.policy.faults' values={{count: faults.length}}/></p>}
                </div>
                {faults.length > 0 && (
                    <ul>
                        {faults.slice(0, mostShown).map((fault, index) => <li key={`${fault.path} ${index}`}>{wordsOf(intl, fault).message}</li>)}
                        {rest > 0 && <li><FormattedMessage id='entrasync.policy.more_faults' values={{count: rest}}/></li>}
                    </ul>
                )}
            </div>
        </div>
    );
}
