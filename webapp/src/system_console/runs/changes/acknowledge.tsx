import {useMutation} from '@tanstack/react-query';
import {FormattedMessage} from 'react-intl';

import type {ChangeAnswer} from '../../../answers';
import {acknowledgeConflict} from '../../../client';

import {FaultNotice} from '../../widgets/fault_notice';
import {useElementId} from '../../widgets/use_element_id';

interface Props {
    runId: string;
    change: ChangeAnswer;

    /** The server has changed the line. */
    onDone(): void;
}

/** Acknowledges a conflict, so that later runs do not list it again, or takes that back. */
export function Acknowledge({runId, change: {seq, status}, onDone}: Props) {
    const hintId = useElementId();
    const isAcknowledged = status === 'acknowledged';
    const {mutate, isPending, error} = useMutation({mutationFn: () => acknowledgeConflict(runId, seq, !isAcknowledged), onSuccess: onDone});
    return (
        <div>
            {error && <FaultNotice fault={error.fault}/>}
            <button type='button' className='btn btn-tertiary btn-sm' aria-describedby={hintId} disabled={isPending} onClick={() => mutate()}>
                <FormattedMessage id={isAcknowledged ? 'entrasync.acknowledge.take_back' : 'entrasync.acknowledge.button'}/>
            </button>
            <p id={hintId} className='EntraSync__quiet'>
                <FormattedMessage id={isAcknowledged ? 'entrasync.acknowledge.done' : 'entrasync.acknowledge.hint'}/>
            </p>
        </div>
    );
}
