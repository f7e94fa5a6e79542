import {useCallback, useMemo, useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {HistoryPage, PastChange} from '../../../answers';
import {listHistory} from '../../../client';

import {FaultNotice} from '../widgets/fault_notice';
import {keepForm} from '../widgets/keep_form';
import {Panel} from '../widgets/panel';
import {useAnswer} from '../widgets/use_answer';
import {useSettled} from '../widgets/use_settled';
import {PlaceLink} from '../frame/place_link';

import {Person} from './change_words';

/** How long typing must rest before the server is asked, in ms. */
const typingPause = 300;

const objectIdForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Leads to the history of a person who is found by name, e-mail, username or object id. */
export function FindPerson() {
    const intl = useIntl();
    const [text, setText] = useState('');
    const wanted = useSettled(text.trim(), typingPause);
    const load = useCallback(async (signal: AbortSignal) => (
        wanted === '' ? null : listHistory(objectIdForm.test(wanted) ? {object_id: wanted} : {q: wanted}, 0, signal)
    ), [wanted]);
    const {answer, fault, isLoading} = useAnswer(load, '');
    const label = intl.formatMessage({id: 'entrasync.person.search'});
    return (
        <Panel title={<FormattedMessage id='entrasync.person.find'/>} description={<FormattedMessage id='entrasync.person.find_description'/>}>
            <input
                type='search'
                className='form-control EntraSync__findPerson'
                aria-label={label}
                placeholder={label}
                value={text}
                onChange={(event) => setText(event.target.value)}
                onKeyDown={keepForm}
            />
            {fault && !isLoading && <FaultNotice fault={fault}/>}
            <Found page={wanted === '' || fault ? null : answer} isLoading={isLoading && wanted !== ''}/>
        </Panel>
    );
}

function Found({page, isLoading}: {page: HistoryPage | null; isLoading: boolean}) {
    const people = useMemo(() => peopleOf(page?.changes ?? []), [page]);
    return (
        <>
            <div role='status'>
                {isLoading && <p><FormattedMessage id='entrasync.loading'/></p>}
                {page && !isLoading && <p className='EntraSync__quiet'><FormattedMessage id='entrasync.person.found' values={{count: people.length}}/></p>}
            </div>
            {people.length > 0 && (
                <ul className='EntraSync__people'>
                    {people.map((change) => (
                        <li key={change.object_id}>
                            <PlaceLink to={{tab: 'runs', person: change.object_id}}><Person change={change}/></PlaceLink>
                        </li>
                    ))}
                </ul>
            )}
            {page && page.total > page.changes.length && <p className='EntraSync__quiet'><FormattedMessage id='entrasync.person.more'/></p>}
        </>
    );
}

/** The newest change of each person. */
function peopleOf(changes: PastChange[]): PastChange[] {
    const newest = new Map<string, PastChange>();
    for (const change of changes) {
        if (change.object_id !== '' && !newest.has(change.object_id)) {
            newest.set(change.object_id, change);
        }
    }
    return [...newest.values()];
}
