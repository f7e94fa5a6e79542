import {useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {RunAnswer, RunTarget} from '../../../answers';
import {listRunTargets} from '../../../client';
import {nameOf} from '../../../i18n/name_of';
import {membershipCounts} from '../../../sync/lists';
import {localeOf} from '../../../sync/messages/locale';
import {targetText} from '../../../sync/report/target';

import {PlaceLink} from '../../frame/place_link';
import {FaultNotice} from '../../widgets/fault_notice';
import {Pagination} from '../../widgets/pagination';
import {useAnswer} from '../../widgets/use_answer';

/** Teams and channels at once: the changes below must stay in view. */
const perPage = 10;

/** In the order of the columns; roles only where a run changes some. */
const columns = ['joined', 'left', 'promoted', 'demoted', 'held', 'failed'] as const;
const always: readonly string[] = ['joined', 'left', 'held', 'failed'];

interface Props {
    run: RunAnswer;

    /** Differs whenever the changes on the server are different. */
    revision: string;

    /** The target whose changes are listed below, or ''. */
    chosen: string;
    onChoose(target: RunTarget): void;
}

/** What a run did in each team and channel, because a run for many users has too many changes to read. Nothing for a run without any. */
export function RunTargets({run, revision, chosen, onChoose}: Props) {
    const intl = useIntl();
    const [page, setPage] = useState(0);
    const {answer, fault, isLoading} = useAnswer({
        queryKey: ['run_targets', run.id, revision, page],
        queryFn: ({signal}) => listRunTargets(run.id, page, perPage, signal),
    });
    if (!answer && fault && membershipCounts.some((name) => run.counts[name] > 0)) {
        return <FaultNotice fault={fault}/>;
    }
    if (!answer || answer.total === 0) {
        return null;
    }
    const shown = columns.filter((name) => always.includes(name) || answer.targets.some((target) => target[name] > 0));
    return (
        <div className='EntraSync__targets'>
            <div className='EntraSync__scroll'>
                <table className='EntraSync__table EntraSync__table--middle EntraSync__numbers' aria-busy={isLoading}>
                    <caption className='EntraSync__label'><FormattedMessage id='entrasync.targets.title' values={{count: answer.total}}/></caption>
                    <thead>
                        <tr>
                            <th scope='col'><FormattedMessage id='entrasync.changes.target'/></th>
                            {shown.map((name) => <th key={name} scope='col'>{nameOf(intl, 'count', name)}</th>)}
                            <th scope='col'><FormattedMessage id='entrasync.targets.changes'/></th>
                        </tr>
                    </thead>
                    <tbody>
                        {answer.targets.map((target) => (
                            <Row key={target.target} target={target} columns={shown} isChosen={target.target === chosen} onChoose={() => onChoose(target)}/>
                        ))}
                    </tbody>
                </table>
            </div>
            <Pagination page={page} perPage={perPage} total={answer.total} label={intl.formatMessage({id: 'entrasync.targets.pages'})} onChange={setPage}/>
        </div>
    );
}

function Row({target, columns: shown, isChosen, onChoose}: {target: RunTarget; columns: ReadonlyArray<typeof columns[number]>; isChosen: boolean; onChoose(): void}) {
    const intl = useIntl();
    const name = <bdi>{targetText(localeOf(intl.locale), {...target, team: target.team_name})}</bdi>;
    const isPlace = target.id !== '' && target.kind !== 'system_role';
    return (
        <tr className={isChosen ? 'EntraSync__row--chosen' : undefined}>
            <th scope='row'>{isPlace ? <PlaceLink to={{tab: 'runs', target: target.id}}>{name}</PlaceLink> : name}</th>
            {shown.map((column) => <td key={column}>{intl.formatNumber(target[column])}</td>)}
            <td>
                <button type='button' className='btn btn-tertiary btn-xs' aria-pressed={isChosen} onClick={onChoose}>
                    <FormattedMessage id='entrasync.targets.show' values={{count: target.changes}}/>
                </button>
            </td>
        </tr>
    );
}
