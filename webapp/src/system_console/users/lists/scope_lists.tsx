import {useState} from 'react';
import {FormattedMessage} from 'react-intl';

import {listKinds, type Effect} from '../../../sync/policy/scope';
import {UnfitPart} from '../../widgets/unfit_part';
import {useElementId} from '../../widgets/use_element_id';
import {isObject, partOf, type PolicyDocument} from '../../policy/policy_document';

import {ListEditor} from './list_editor';
import {MovedAddresses} from './moved_addresses';
import {entriesOf, withEntries, type ListKind} from '../scope_part';
import {useEditor} from '../../policy/editor_context';
import {FaultsAt} from '../../policy/faults_at';
import {OtherKeyFaults} from '../../policy/other_key_faults';

/** The lists that name users by their addresses. */
const NAMES_ADDRESSES: readonly ListKind[] = ['user_principal_name', 'email', 'people'];

interface Props {
    effect: Effect;
    document: PolicyDocument;
    onChange(document: PolicyDocument): void;
}

/** The allow lists or the deny lists. A list is shown if it has entries or the user has opened it. */
export function ScopeLists({effect, document, onChange}: Props) {
    const titleId = useElementId();
    const {isDisabled} = useEditor();
    const [opened, setOpened] = useState<ReadonlySet<ListKind>>(new Set(effect === 'allow' ? ['display_name_contains'] : []));
    const [fresh, setFresh] = useState<ListKind | null>(null);
    const isShown = (kind: ListKind) => opened.has(kind) || entriesOf(document, effect, kind)?.length !== 0;
    const open = (kind: ListKind) => {
        setOpened(new Set([...opened, kind]));
        setFresh(kind);
    };
    const hidden = listKinds.filter((kind) => !isShown(kind));
    const part = partOf(document, ['scope', effect]) ?? {};
    if (!isObject(part)) {
        return <UnfitPart path={`Policy.scope.${effect}`}/>;
    }
    return (
        <section className='EntraSync__scopeList' aria-labelledby={titleId}>
            <h3 id={titleId} className='EntraSync__subtitle'><FormattedMessage id={`entrasync.users.${effect}_title`}/></h3>
            <p className='help-text'><FormattedMessage id={`entrasync.users.${effect}_help`}/></p>
            <OtherKeyFaults part={part} path={`Policy.scope.${effect}`} shown={listKinds}/>
            {listKinds.filter(isShown).map((kind) => (
                <ListPart
                    key={kind}
                    effect={effect}
                    kind={kind}
                    entries={entriesOf(document, effect, kind)}
                    isFresh={kind === fresh}
                    onChange={(entries) => {
                        // A list that becomes empty stays visible while it is edited.
                        setOpened(new Set([...opened, kind]));
                        onChange(withEntries(document, effect, kind, entries));
                    }}
                />
            ))}
            {hidden.length > 0 && (
                <div className='EntraSync__actions'>
                    <span className='EntraSync__actionsLabel'><FormattedMessage id='entrasync.users.add_by'/></span>
                    {hidden.map((kind) => (
                        <button key={kind} type='button' className='btn btn-tertiary btn-sm' disabled={isDisabled} onClick={() => open(kind)}>
                            <FormattedMessage id={`entrasync.users.list_${kind}`}/>
                        </button>
                    ))}
                </div>
            )}
        </section>
    );
}

interface PartProps {
    effect: Effect;
    kind: ListKind;
    entries: string[] | null;
    isFresh: boolean;
    onChange(entries: string[]): void;
}

function ListPart({effect, kind, entries, isFresh, onChange}: PartProps) {
    const id = useElementId();
    const {faults, isDisabled} = useEditor();
    const path = `Policy.scope.${effect}.${kind}`;
    return (
        <fieldset className='EntraSync__list' disabled={isDisabled} aria-labelledby={`${id}-title`} aria-describedby={`${id}-faults`}>
            <p id={`${id}-title`} className='EntraSync__label'>
                <FormattedMessage id={`entrasync.users.list_${kind}`}/>
                {entries && entries.length > 0 && (
                    <span className='EntraSync__quiet'>{' '}<FormattedMessage id='entrasync.users.entries' values={{count: entries.length}}/></span>
                )}
            </p>
            <p className='help-text'><FormattedMessage id={`entrasync.users.help_${kind}`}/></p>
            <FaultsAt faults={faults} path={path} id={`${id}-faults`}/>
            {entries ? <ListEditor kind={kind} path={path} entries={entries} isFresh={isFresh} onChange={onChange}/> : <UnfitPart path={path}/>}
            {entries && entries.length > 0 && NAMES_ADDRESSES.includes(kind) && <MovedAddresses entries={entries}/>}
        </fieldset>
    );
}
