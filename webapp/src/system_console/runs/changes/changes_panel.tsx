import {useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {RunAnswer} from '../../../answers';
import {accountsOnly, changesCsvUrl} from '../../../client';
import {nameOf} from '../../../i18n/name_of';
import {membershipCounts} from '../../../sync/lists';
import {localeOf} from '../../../sync/messages/locale';
import {targetText} from '../../../sync/report/target';
import type {Action, ChangeStatus, Reason} from '../../../sync/types';

import {lazyInPage} from '../../widgets/lazy_in_page';
import {Moment} from '../../widgets/moment';
import {Panel} from '../../widgets/panel';
import {PlaceLink} from '../../frame/place_link';
import type {SyncJob} from '../../frame/use_sync_job';

import {RunTargets} from '../targets/run_targets';

/** With more changes of memberships than this, they are listed for one team or channel at a time. */
const MOST_TOGETHER = 20_000;

/** The table and its select boxes are large, and most visits to the page do without them. */
const ChangeExplorer = lazyInPage(() => import('./change_explorer'));

interface Props {
    run: RunAnswer;
    job: SyncJob;

    /** The user has opened this run or a part of its changes, so it comes into view. */
    isAskedFor?: boolean;

    /** With which filter the table opens. */
    initialStatus?: ChangeStatus | '';
    initialAction?: Action | '';
    initialReason?: Reason | '';
}

/** What the chosen run did or, for a preview, would do. Give it a `key` by run: filters belong to one run. */
export function ChangesPanel({run, job, isAskedFor = false, initialStatus = '', initialAction = '', initialReason = ''}: Props) {
    const intl = useIntl();
    const [chosen, setChosen] = useState({target: '', name: ''});
    const isLarge = isTooMuch(run);
    const target = chosen.target || (isLarge ? accountsOnly : '');
    return (
        <Panel
            isAskedFor={isAskedFor}
            title={<FormattedMessage id='entrasync.changes.title'/>}
            description={<FormattedMessage id='entrasync.changes.of_run' values={{mode: nameOf(intl, 'mode', run.mode), time: <Moment ms={run.started_at}/>}}/>}
            actions={(
                <>
                    <PlaceLink to={{tab: 'runs', run: run.id}} className='btn btn-tertiary'><FormattedMessage id='entrasync.changes.link'/></PlaceLink>
                    <a className='btn btn-tertiary' href={changesCsvUrl(run.id)} download={true}><FormattedMessage id='entrasync.changes.export'/></a>
                </>
            )}
        >
            <RunTargets
                run={run}
                revision={`${run.state} ${run.progress?.phase ?? ''} ${job.run?.id} ${job.run?.state} ${job.isBusy}`}
                chosen={chosen.target}
                onChoose={(one) => setChosen({target: one.target, name: targetText(localeOf(intl.locale), {...one, team: one.team_name})})}
            />
            {target !== '' && (
                <div className='EntraSync__onlyTarget' role='status'>
                    {chosen.target === '' ? <p><FormattedMessage id='entrasync.targets.choose'/></p> : (
                        <>
                            <p><FormattedMessage id='entrasync.targets.only' values={{name: <bdi>{chosen.name}</bdi>}}/></p>
                            <button type='button' className='btn btn-tertiary btn-sm' onClick={() => setChosen({target: '', name: ''})}>
                                <FormattedMessage id={isLarge ? 'entrasync.targets.show_accounts' : 'entrasync.targets.show_all'}/>
                            </button>
                        </>
                    )}
                </div>
            )}
            <ChangeExplorer
                key={target}
                run={run}
                job={job}
                target={target}
                initialStatus={initialStatus}
                initialAction={initialAction}
                initialReason={initialReason}
            />
        </Panel>
    );
}

/** Whether the changes of memberships are too many to be listed together. Held and failed ones can be among them. */
function isTooMuch({counts}: RunAnswer): boolean {
    return [...membershipCounts, 'held' as const, 'failed' as const].reduce((sum, name) => sum + counts[name], 0) > MOST_TOGETHER;
}
