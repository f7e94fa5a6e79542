import type {Row, RowSelectionState} from '@tanstack/react-table';
import {useMemo, type ReactNode} from 'react';
import {FormattedMessage} from 'react-intl';

import type {RunAnswer} from '../../../answers';
import {isOpen} from '../../../sync/approval/approvable';
import {MOST_NAMED, mustTypeCount} from '../../../sync/approval/caution';

import {FaultNotice} from '../../widgets/fault_notice';
import {useElementId} from '../../widgets/use_element_id';
import type {SyncJob} from '../../frame/use_sync_job';

import {Approval} from './approval';
import {summaryOf, type ChangeRow, type Summary} from '../changes/change_rows';
import {ApproveAll, DiscardAll, OwnApprovals, TypeCount} from './held_questions';
import {PlanSummary} from './plan_summary';
import type {ChangeList} from '../changes/use_change_rows';

interface Props {
    run: RunAnswer;
    job: SyncJob;
    list: ChangeList;

    /** The list has only some of the run's changes, so that all together cannot be decided here. */
    isPart: boolean;

    /** What the run allows, and whether no other run is active. */
    can: {apply: boolean; decide: boolean; isFree: boolean};

    /** The rows that pass the filters; null without filters. */
    filtered: Array<Row<ChangeRow>> | null;
    canSelect(row: ChangeRow): boolean;
    selection: RowSelectionState;
}

/** The actions for the changes of a run: apply those of a preview, approve or discard held ones. */
export function Decisions(props: Props) {
    const {job, list, isPart, can, canSelect, selection} = props;
    const selected = useMemo(() => {
        const chosen = list.rows.filter((row) => selection[row.change.seq] === true && canSelect(row));
        return isPart && chosen.length === 0 ? list.rows.filter((row) => canSelect(row) && !row.isOwn) : chosen;
    }, [list.rows, isPart, selection, canSelect]);
    if (!can.apply && !can.decide) {
        return null;
    }
    return (
        <>
            {job.fault && <FaultNotice fault={job.fault} isUrgent={false}/>}
            {can.apply ? <PlanDecisions {...props} selected={selected}/> : <HeldDecisions {...props} selected={selected}/>}
        </>
    );
}

function PlanDecisions({run, job, list, isPart, can, filtered, canSelect, selected}: Props & {selected: ChangeRow[]}) {
    const summaryId = useElementId();
    const {rows, isComplete} = list;
    const open = useMemo(() => rows.filter(canSelect), [rows, canSelect]);
    const all = useMemo(() => summaryOf(open.filter(({isOwn}) => !isOwn)), [open]);
    const part = useMemo(
        () => summaryOf(selected.length > 0 ? selected : filtered?.map(({original}) => original).filter((row) => canSelect(row) && !row.isOwn) ?? []),
        [selected, filtered, canSelect],
    );
    const own = open.length - all.seqs.length;
    const isBlocked = !isComplete || !can.isFree || job.hasUnsavedSettings;
    if (open.length === 0) {
        return isComplete ? <p className='EntraSync__quiet'><FormattedMessage id='entrasync.plan.nothing'/></p> : null;
    }
    return (
        <div className='EntraSync__decisions'>
            <div id={summaryId}><PlanSummary summary={isPart ? part : all}/></div>
            <OwnApprovals count={own} unverified={countUnverified(open)}/>
            <div className='EntraSync__actions'>
                {all.seqs.length > 0 && !isPart && (
                    <Apply summary={all} summaryId={summaryId} isBlocked={isBlocked} label={<FormattedMessage id='entrasync.plan.apply'/>} onApply={() => job.approve(run.id)}/>
                )}
                {part.seqs.length > 0 && (
                    <Apply
                        kind='tertiary'
                        summary={part}
                        isBlocked={isBlocked || part.seqs.length > MOST_NAMED}
                        label={<FormattedMessage id={selected.length > 0 ? 'entrasync.plan.apply_selected' : 'entrasync.plan.apply_shown'} values={{count: part.seqs.length}}/>}
                        onApply={() => job.approve(run.id, part.seqs)}
                    />
                )}
            </div>
            <TooMany count={part.seqs.length}/>
        </div>
    );
}

interface ApplyProps {
    summary: Summary;

    /** Where the summary is shown already. */
    summaryId?: string;
    isBlocked: boolean;
    label: ReactNode;
    kind?: 'primary' | 'tertiary';
    onApply(): void;
}

function Apply({summary, summaryId, onApply, ...props}: ApplyProps) {
    const count = summary.seqs.length;
    const mustType = mustTypeCount(summary);
    return (
        <Approval
            {...props}
            question={mustType ? <TypeCount id='entrasync.plan.type_count' count={count} of={summary}/> : <FormattedMessage id='entrasync.plan.sure' values={{count}}/>}
            {...(summaryId ? {detailsId: summaryId} : {details: <PlanSummary summary={summary}/>})}
            typed={mustType ? count : null}
            isHarmless={summary.deactivate + summary.addresses + summary.leave === 0}
            confirm={<FormattedMessage id='entrasync.plan.confirm' values={{count}}/>}
            onConfirm={onApply}
        />
    );
}

function HeldDecisions({run, job, list, isPart, can, selected}: Props & {selected: ChangeRow[]}) {
    const {id, counts} = run;
    const held = useMemo(() => list.rows.filter(({change}) => isOpen(change, 'apply')), [list.rows]);
    const own = useMemo(() => held.filter(({isOwn}) => isOwn), [held]);
    const rest = useMemo(() => summaryOf(held.filter(({isOwn}) => !isOwn)), [held]);
    const common = counts.held - own.length;
    const some = useMemo(() => summaryOf(selected), [selected]);
    const count = some.seqs.length;
    const isBlocked = !can.isFree || count > MOST_NAMED;
    if (count > 0) {
        return (
            <div className='EntraSync__decisions'>
                <div className='EntraSync__actions'>
                    <ApproveAll
                        count={count}
                        mustType={mustTypeCount({...some, addresses: some.addresses + selected.filter(({isOwn}) => isOwn).length})}
                        of={some}
                        isBlocked={isBlocked}
                        label={<FormattedMessage id='entrasync.held.approve_selected' values={{count}}/>}
                        onApprove={() => job.approve(id, some.seqs)}
                    />
                    <DiscardAll
                        count={count}
                        isBlocked={isBlocked}
                        label={<FormattedMessage id='entrasync.held.discard_selected' values={{count}}/>}
                        onDiscard={() => job.discard(id, some.seqs)}
                    />
                </div>
                <TooMany count={count}/>
            </div>
        );
    }

    if (isPart) {
        return null;
    }

    // The top of the page already shows what the newest run holds, with these buttons.
    if (id === job.status?.held_run?.id) {
        return <p className='EntraSync__quiet'><FormattedMessage id='entrasync.held.select_hint'/></p>;
    }
    return (
        <div className='EntraSync__decisions EntraSync__actions'>
            <OwnApprovals count={own.length} unverified={countUnverified(own)}/>
            {common > 0 && <ApproveAll count={common} mustType={true} of={rest} isBlocked={isBlocked} onApprove={() => job.approve(id)}/>}
            <DiscardAll count={counts.held} isBlocked={isBlocked} onDiscard={() => job.discard(id)}/>
        </div>
    );
}

function countUnverified(rows: ChangeRow[]): number {
    return rows.filter(({isUnverified}) => isUnverified).length;
}

function TooMany({count}: {count: number}) {
    return count > MOST_NAMED ? <p className='EntraSync__quiet' role='status'><FormattedMessage id='entrasync.plan.too_many' values={{most: MOST_NAMED}}/></p> : null;
}
