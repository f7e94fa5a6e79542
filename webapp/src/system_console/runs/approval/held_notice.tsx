import {FormattedMessage, useIntl} from 'react-intl';

import type {RunAnswer} from '../../../answers';
import {listChanges} from '../../../client';
import {mustTypeCount, newAddresses} from '../../../sync/approval/caution';
import type {HoldKind} from '../../../sync/lists';
import {holdTexts} from '../../../sync/messages/hold_lines';
import {localeOf} from '../../../sync/messages/locale';
import type {Run} from '../../../sync/types';

import {ApproveAll, DiscardAll, OwnApprovals} from './held_questions';
import '../styles.css';
import {Moment} from '../../widgets/moment';
import {Notice} from '../../widgets/notice';
import {useAnswer} from '../../widgets/use_answer';

interface Props {
    run: RunAnswer;

    /** A run or a request is active: nothing can be approved before it has ended. */
    isBlocked: boolean;
    onReview(): void;
    onApprove(): void;
    onDiscard(): void;
}

/** What a run holds, with buttons to approve or discard it. */
export function HeldNotice({run, isBlocked, onReview, onApprove, onDiscard}: Props) {
    const {waiting, own, deactivate, leave, isCounted} = useWaiting(run, isBlocked);
    const dangers = {deactivate, leave, addresses: newAddresses(run.hold)};
    return (
        <Notice kind='warning' title={<FormattedMessage id='entrasync.held.title' values={{count: waiting}}/>}>
            <p>
                <FormattedMessage
                    id='entrasync.held.since'
                    values={{time: <Moment ms={run.started_at}/>, until: <Moment ms={run.hold?.expires_at ?? 0}/>}}
                />
            </p>
            <HoldKinds run={run}/>
            <OwnApprovals count={own} unverified={Math.min(own, countOfKind(run, 'unverified_email'))}/>
            <div className='EntraSync__actions'>
                <button type='button' className='btn btn-primary' onClick={onReview}>
                    <FormattedMessage id='entrasync.held.review'/>
                </button>
                {waiting > own && (
                    <ApproveAll
                        kind='tertiary'
                        count={waiting - own}
                        mustType={mustTypeCount(dangers)}
                        of={dangers}
                        isBlocked={isBlocked || !isCounted}
                        onApprove={onApprove}
                    />
                )}
                <DiscardAll count={waiting} isBlocked={isBlocked} onDiscard={onDiscard}/>
            </div>
        </Notice>
    );
}

/**
 * How many changes still wait, how many of them need an approval of their own, and how many others deactivate or leave: some may be approved
 * already. Until that is counted, all together cannot be approved: it would include those that need an approval of their own.
 */
function useWaiting({id, counts}: RunAnswer, isBlocked: boolean) {
    const {answer} = useAnswer({
        queryKey: ['waiting', id, isBlocked],
        queryFn: async ({signal}) => {
            const query = {action: '', status: 'held', q: '', page: 0};
            const [all, own, deactivations, leaves] = await Promise.all([
                listChanges(id, query, signal),
                listChanges(id, {...query, own_approval: true}, signal),
                listChanges(id, {...query, action: 'deactivate', own_approval: false}, signal),
                listChanges(id, {...query, action: 'leave', own_approval: false}, signal),
            ]);
            return {waiting: all.total, own: own.total, deactivate: deactivations.total, leave: leaves.total, isCounted: true};
        },
    });

    // Until the server has said it, all may wait, and all may be deactivations.
    return answer ?? {waiting: counts.held, own: 0, deactivate: counts.held, leave: 0, isCounted: false};
}

function countOfKind({hold}: RunAnswer, wanted: HoldKind): number {
    return hold?.kinds.find(({kind}) => kind === wanted)?.count ?? 0;
}

/** Why the changes of a run are held, or would be. */
export function HoldKinds({run: {hold}}: {run: Pick<Run, 'hold'>}) {
    const {locale} = useIntl();
    const hasShrunk = hold?.kinds.some(({kind}) => kind === 'directory_shrunk');
    return (
        <>
            <ul className='EntraSync__holdKinds'>
                {hold && holdTexts(localeOf(locale), hold).map((text) => <li key={text}>{text}</li>)}
            </ul>
            {hasShrunk && <p><FormattedMessage id='entrasync.held.shrunk_hint'/></p>}
        </>
    );
}
