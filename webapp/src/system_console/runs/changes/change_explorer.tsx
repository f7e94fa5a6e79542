import type {RowSelectionState} from '@tanstack/react-table';
import {useCallback, useDeferredValue, useMemo, useRef, useState} from 'react';
import {FormattedMessage} from 'react-intl';

import type {RunAnswer} from '../../../answers';
import {serverNow} from '../../../client';
import {canApprove, isOpen} from '../../../sync/approval/approvable';
import type {Action, ChangeStatus, Reason} from '../../../sync/types';

import {FaultNotice} from '../../widgets/fault_notice';
import type {SyncJob} from '../../frame/use_sync_job';

import {ChangeDetails} from './change_details';
import {ChangeFilters} from './change_filters';
import {ChangeGrid} from './change_grid';
import {isNarrowed, noFilters, tallyOf, type ChangeRow, type Filters} from './change_rows';
import {Decisions} from '../approval/decisions';
import {useChangeRows, type ChangeList} from './use_change_rows';
import {useChangeTable} from './use_change_table';

interface Props {
    run: RunAnswer;
    job: SyncJob;
    initialStatus: ChangeStatus | '';
    initialAction: Action | '';
    initialReason?: Reason | '';

    /** Only the changes of this team or channel, or of accounts, are listed; '' lists all. */
    target?: string;
}

const isPlanned = ({change}: ChangeRow) => isOpen(change, 'preview');
const isHeld = ({change}: ChangeRow) => isOpen(change, 'apply');
const isNothing = () => false;

/** Only chosen rows have a key. */
function withRow(old: RowSelectionState, seq: number, isSelected: boolean): RowSelectionState {
    const changed: RowSelectionState = {...old, [seq]: true};
    if (!isSelected) {
        delete changed[seq];
    }
    return changed;
}

/** All changes of a run, to review and to select from. */
export default function ChangeExplorer({run, job, initialStatus, initialAction, initialReason = '', target = ''}: Props) {
    const list = useChangeRows(run, run.state === 'held' ? `${job.run?.id} ${job.run?.state} ${job.isBusy}` : '', target);
    const [filters, setFilters] = useState<Filters>({
        ...noFilters,
        statuses: initialStatus === '' ? [] : [initialStatus],
        actions: initialAction === '' ? [] : [initialAction],
        reasons: initialReason === '' ? [] : [initialReason],
    });
    const [selection, setSelection] = useState<RowSelectionState>({});
    const [openSeq, setOpenSeq] = useState(0);
    const root = useRef<HTMLDivElement>(null);
    const grid = useRef<HTMLDivElement>(null);

    // What is typed appears at once, and the table follows as soon as it can.
    const shown = useDeferredValue(filters);
    const {rows} = list;
    const tally = useMemo(() => tallyOf(rows), [rows]);
    const {isRunning, isBusy} = job;
    const can = useMemo(() => decisionsOn(run, isRunning || isBusy), [run, isRunning, isBusy]);
    const canSelect = can.apply ? isPlanned : can.decide ? isHeld : isNothing;
    const table = useChangeTable({rows, filters: shown, selection, canSelect, onSelect: setSelection});
    const filtered = table.getRowModel().rows;

    // Adding up what they would do can wait until they are shown.
    const decided = useDeferredValue(isNarrowed(shown) ? filtered : null);
    const open = useMemo(() => rows.find(({change}) => change.seq === openSeq), [rows, openSeq]);

    const {id} = run;
    const {approve, discard} = job;
    const approveOne = useCallback((seq: number) => approve(id, [seq]), [approve, id]);
    const discardOne = useCallback((seq: number) => discard(id, [seq]), [discard, id]);
    const one = can.decide && can.isFree ? {onApprove: approveOne, onDiscard: discardOne} : {};
    const select = useCallback((seq: number, isSelected: boolean) => setSelection((old) => withRow(old, seq, isSelected)), []);
    const close = () => {
        setOpenSeq(0);
        const row = root.current?.querySelector<HTMLElement>('tbody tr[tabindex="0"]');
        (row ?? root.current?.querySelector<HTMLElement>('input[type=search]'))?.focus();
    };
    return (
        <div ref={root}>
            <Decisions run={run} job={job} list={list} isPart={target !== ''} can={can} filtered={decided} canSelect={canSelect} selection={selection}/>
            <ChangeFilters filters={filters} tally={tally} onChange={setFilters}/>
            <ListState list={list} count={filtered.length}/>
            {run.counts.unlisted > 0 && <p className='EntraSync__quiet'><FormattedMessage id='entrasync.changes.unlisted' values={{count: run.counts.unlisted}}/></p>}
            {filtered.length > 0 && (
                <ChangeGrid
                    grid={grid}
                    table={table}
                    rows={filtered}
                    sorting={table.getState().sorting}
                    selection={selection}
                    filters={shown}
                    canSelect={canSelect === isNothing ? null : canSelect}
                    onSelect={select}
                    openSeq={openSeq}
                    onOpen={setOpenSeq}
                    {...one}
                />
            )}
            {open && <ChangeDetails key={openSeq} change={open.change} runId={id} onChanged={list.reload} onClose={close} {...one}/>}
        </div>
    );
}

/** Whether the changes of a run can currently be applied as a plan, or approved and discarded. */
function decisionsOn(run: RunAnswer, isTaken: boolean) {
    const isApprovable = canApprove(run, serverNow());
    return {isFree: !isTaken, apply: isApprovable && run.mode === 'preview', decide: isApprovable && run.mode === 'apply'};
}

function ListState({list: {rows, loaded, total, isComplete, fault, reload}, count}: {list: ChangeList; count: number}) {
    return (
        <>
            {fault && (
                <>
                    <FaultNotice fault={fault}/>
                    <p>
                        <button type='button' className='btn btn-tertiary btn-sm' onClick={reload}><FormattedMessage id='entrasync.changes.retry'/></button>
                    </p>
                </>
            )}
            <div role='status'>
                {!fault && !isComplete && rows.length === 0 && <p><FormattedMessage id='entrasync.loading'/></p>}
                {isComplete && rows.length === 0 && <p><FormattedMessage id='entrasync.changes.empty'/></p>}
                {rows.length > 0 && count === 0 && <p><FormattedMessage id='entrasync.changes.none_match'/></p>}
                {count > 0 && count === rows.length && <p className='EntraSync__quiet'><FormattedMessage id='entrasync.changes.found' values={{total: count}}/></p>}
                {count > 0 && count < rows.length && <p className='EntraSync__quiet'><FormattedMessage id='entrasync.changes.found_of' values={{count, total: rows.length}}/></p>}
            </div>
            {!fault && rows.length > 0 && loaded < total && (
                <p className='EntraSync__quiet'><FormattedMessage id='entrasync.changes.loaded' values={{loaded, total}}/></p>
            )}
        </>
    );
}
