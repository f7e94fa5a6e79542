import {useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {useEditor} from '../../policy/editor_context';
import {countWithin} from '../../policy/faults_at';
import {FileDrop} from './file_drop';
import {linesOf, withLines} from '../../widgets/lines';
import {useElementId} from '../../widgets/use_element_id';
import {useFocusOn} from '../../widgets/use_focus_on';

/** Wrong lines that are named. */
const SHOWN = 5;

interface Props {
    path: string;
    entries: string[];
    isFresh: boolean;
    onChange(entries: string[]): void;
}

/** A list as plain text, one entry per line. */
export function PlainList({path, entries, isFresh, onChange}: Props) {
    const intl = useIntl();
    const faultId = useElementId();
    const {faults} = useEditor();
    const [typed, setTyped] = useState(entries.join('\n'));
    const area = useFocusOn<HTMLTextAreaElement>(isFresh);

    // Blank lines are no entries, but they stay while the user types.
    const isTyped = linesOf(typed).join('\n') === entries.join('\n');
    const isInvalid = countWithin(faults, path) > 0;

    const add = (lines: string[]) => {
        const changed = withLines(entries, lines, entries.length);
        onChange(changed);
        return changed.length - entries.length;
    };
    return (
        <FileDrop onLines={add}>
            <textarea
                ref={area}
                className='form-control EntraSync__text'
                rows={8}
                dir='auto'
                spellCheck={false}
                aria-label={intl.formatMessage({id: 'entrasync.users.list_people'})}
                aria-invalid={isInvalid}
                aria-describedby={isInvalid ? faultId : undefined}
                value={isTyped ? typed : entries.join('\n')}
                onChange={(event) => {
                    setTyped(event.target.value);
                    onChange(linesOf(event.target.value));
                }}
            />
            {isInvalid && <WrongLines id={faultId} path={path} entries={entries}/>}
        </FileDrop>
    );
}

function WrongLines({id, path, entries}: {id: string; path: string; entries: string[]}) {
    const {faults} = useEditor();
    const wrong = entries.map((entry, at) => ({entry, number: at + 1})).filter(({number}) => faults.has(`${path}[${number - 1}]`));
    return (
        <div id={id} className='EntraSync__fault'>
            {wrong.slice(0, SHOWN).map(({entry, number}) => (
                <p key={number}><FormattedMessage id='entrasync.users.wrong_line' values={{number, entry: <bdi key='entry'>{entry}</bdi>}}/></p>
            ))}
            {wrong.length > SHOWN && <p><FormattedMessage id='entrasync.users.more_wrong' values={{count: wrong.length - SHOWN}}/></p>}
        </div>
    );
}
