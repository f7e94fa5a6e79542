import {useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {PastChange} from '../../../answers';
import {listHistory} from '../../../client';

import {FaultNotice} from '../../widgets/fault_notice';
import {ignoreEnter} from '../../widgets/ignore_enter';
import {Panel} from '../../widgets/panel';
import {useAnswer} from '../../widgets/use_answer';
import {useDebounced} from '../../widgets/use_debounced';
import {PlaceLink} from '../../frame/place_link';

import {Person} from '../changes/change_words';

/** The pause in typing before a request is sent, in ms. */
const typingPause = 300;

/** The minimum length of a search: Korean names have two or three characters, and one alone finds most users. */
const shortestText = 2;

const objectIdForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Opens the history of a user found by name, email, username, or object id. */
export function FindPerson() {
    const intl = useIntl();
    const [text, setText] = useState('');
    const wanted = useDebounced(text.trim(), typingPause);
    const isTooShort = [...wanted].length < shortestText;
    const {answer, fault, isLoading} = useAnswer({
        queryKey: ['find_person', wanted],
        queryFn: async ({signal}) => (isTooShort ? null : find(wanted, signal)),
    });
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
                onKeyDown={ignoreEnter}
            />
            {fault && !isLoading && <FaultNotice fault={fault}/>}
            <People
                found={isTooShort || fault ? null : answer}
                isLoading={isLoading && !isTooShort}
                isTooShort={isTooShort && wanted !== ''}
            />
        </Panel>
    );
}

/** The newest change of each user. */
interface Found {
    people: PastChange[];
    hasMore: boolean;
}

async function find(text: string, signal: AbortSignal): Promise<Found> {
    if (objectIdForm.test(text)) {
        const {changes} = await listHistory({object_id: text}, 0, signal);
        return {people: changes.slice(0, 1), hasMore: false};
    }
    const {changes, total} = await listHistory({q: text}, 0, signal);
    return {people: changes, hasMore: total > changes.length};
}

function People({found, isLoading, isTooShort}: {found: Found | null; isLoading: boolean; isTooShort: boolean}) {
    return (
        <>
            <div role='status'>
                {isLoading && <p><FormattedMessage id='entrasync.loading'/></p>}
                {isTooShort && <p className='EntraSync__quiet'><FormattedMessage id='entrasync.person.too_short'/></p>}
                {found && !isLoading && <p className='EntraSync__quiet'><FormattedMessage id='entrasync.person.found' values={{count: found.people.length}}/></p>}
            </div>
            {found && found.people.length > 0 && (
                <ul className='EntraSync__people'>
                    {found.people.map((change) => (
                        <li key={change.object_id}>
                            <PlaceLink to={{tab: 'runs', person: change.object_id}}><Person change={change}/></PlaceLink>
                        </li>
                    ))}
                </ul>
            )}
            {found?.hasMore && <p className='EntraSync__quiet'><FormattedMessage id='entrasync.person.more'/></p>}
        </>
    );
}
