import {useEffect, useRef, useState, type ClipboardEvent} from 'react';
import {useIntl} from 'react-intl';

import {takePastedLines, withLines} from '../../widgets/lines';
import {Pagination} from '../../widgets/pagination';
import {TextListEntry} from '../../widgets/text_list_entry';
import {TextListRow} from '../../widgets/text_list_row';

import {useEditor} from '../../policy/editor_context';
import {countWithin, FaultTexts} from '../../policy/faults_at';
import {FileDrop} from './file_drop';
import {rowWords, type RowKind} from './list_words';

/** Rows of one page: a list may have 1,000, each an input that React compares with every key. */
const PER_PAGE = 50;

interface Props {
    kind: RowKind;
    path: string;
    entries: string[];
    isFresh: boolean;
    onChange(entries: string[]): void;
}

/** A list with one entry a row. Several lines pasted anywhere, or a file, become rows of their own. */
export function EntryList({kind, path, entries, isFresh, onChange}: Props) {
    const intl = useIntl();
    const {faults} = useEditor();
    const [wantedPage, setPage] = useState(0);
    const list = useRef<HTMLDivElement>(null);
    const page = Math.min(wantedPage, Math.max(0, Math.ceil(entries.length / PER_PAGE) - 1));
    const first = page * PER_PAGE;
    const words = rowWords[kind];

    useEffect(() => {
        if (isFresh) {
            inputsOf(list.current).at(-1)?.focus();
        }
    }, [isFresh]);

    const put = (lines: string[], index: number) => {
        const changed = withLines(entries, lines, index);
        const end = index + (changed.length - entries.length);
        onChange(changed);
        setPage(Math.floor(Math.max(0, end - 1) / PER_PAGE));
        return end - index;
    };
    const paste = (event: ClipboardEvent, index: number) => {
        const lines = takePastedLines(event);
        if (lines) {
            put(lines, index);
        }
    };
    const remove = (index: number) => {
        onChange(entries.filter((_, other) => other !== index));
        // The focus would go with the row: it stays on the row that moves up, or goes to the entry below the last one.
        const inputs = inputsOf(list.current);
        inputs[index === entries.length - 1 ? inputs.length - 1 : index - first]?.focus();
    };
    const faultAt = (index: number) => {
        const here = faults.get(`${path}[${index}]`);
        return here ? <FaultTexts faults={here} form={intl.formatMessage({id: words.form})}/> : null;
    };
    const isWrongElsewhere = entries.length > PER_PAGE && countWithin(faults, path) > 0;
    return (
        <FileDrop onLines={(lines) => put(lines, entries.length)}>
            <div ref={list}>
                <ul className='EntraSync__rows'>
                    {entries.slice(first, first + PER_PAGE).map((entry, at) => (
                        <TextListRow
                            key={first + at}
                            text={entry}
                            label={intl.formatMessage({id: words.entry}, {number: first + at + 1})}
                            fault={faultAt(first + at)}
                            onChange={(changed) => onChange(entries.map((old, other) => (other === first + at ? changed : old)))}
                            onPaste={(event) => paste(event, first + at)}
                            onRemove={() => remove(first + at)}
                        />
                    ))}
                </ul>
                {isWrongElsewhere && <WrongRows path={path} count={entries.length} onShow={(index) => setPage(Math.floor(index / PER_PAGE))}/>}
                <Pagination page={page} perPage={PER_PAGE} total={entries.length} label={intl.formatMessage({id: 'entrasync.users.pages'})} onChange={setPage}/>
                <TextListEntry label={intl.formatMessage({id: words.add})} onAdd={(entry) => put([entry], entries.length)} onPaste={(event) => paste(event, entries.length)}/>
            </div>
        </FileDrop>
    );
}

/** In a list of several pages, a button that goes to an invalid row. */
function WrongRows({path, count, onShow}: {path: string; count: number; onShow(index: number): void}) {
    const intl = useIntl();
    const {faults} = useEditor();
    const index = Array.from({length: count}, (_, at) => at).find((at) => faults.has(`${path}[${at}]`));
    return index === undefined ? null : (
        <button type='button' className='btn btn-tertiary btn-sm' onClick={() => onShow(index)}>
            {intl.formatMessage({id: 'entrasync.users.show_wrong'}, {number: index + 1})}
        </button>
    );
}

/** The rows and, as the last, the input for a new entry. A file is not a row. */
function inputsOf(list: HTMLElement | null): HTMLInputElement[] {
    return [...list?.querySelectorAll<HTMLInputElement>('input[type=text]') ?? []];
}
