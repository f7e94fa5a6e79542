import {FormattedMessage, useIntl} from 'react-intl';

import {TextListEntry} from '../widgets/text_list_entry';
import {UnfitPart} from '../widgets/unfit_part';
import {useElementId} from '../widgets/use_element_id';

/** Mattermost 11.1 has at most 20 user attributes; the policy takes more. */
const maxAttributes = 50;

/** Characters of the name of a user attribute. */
const maxName = 255;

interface Props {

    /** Of those that are mapped already; null where the policy has something else there. */
    names: readonly string[] | null;

    /** Those that the server has; null while they are not known. */
    usable: readonly string[] | null;
    isDisabled: boolean;
    onAdd(name: string): void;
    onReset(): void;
}

/** Adds a user attribute to the table; without a source it is a fault of the policy, so a name must not come in by leaving the box. */
export function AddAttribute({names, usable, isDisabled, onAdd, onReset}: Props) {
    const intl = useIntl();
    const id = useElementId();
    return (
        <>
            <h3><FormattedMessage id='entrasync.mapping.attributes'/></h3>
            <p className='help-text'><FormattedMessage id='entrasync.mapping.attributes_help'/></p>
            {!names && <UnfitPart path='Policy.mapping.attributes' isDisabled={isDisabled} onReset={onReset}/>}
            {names && names.length < maxAttributes && (
                <fieldset disabled={isDisabled}>
                    <datalist id={id}>{usable?.filter((name) => !names.includes(name)).map((name) => <option key={name} value={name}/>)}</datalist>
                    <TextListEntry
                        label={intl.formatMessage({id: 'entrasync.mapping.add_attribute'})}
                        suggestionsId={id}
                        isDeliberate={true}
                        onAdd={(name) => onAdd(name.slice(0, maxName))}
                    />
                </fieldset>
            )}
        </>
    );
}
