import {FormattedMessage, useIntl} from 'react-intl';

import type {Moved, MovedPerson} from '../../../live/scope_effect';
import {localeOf} from '../../../sync/messages/locale';
import {scopeText} from '../../../sync/report/reason';

import {useEditor} from '../../policy/editor_context';

import {EffectList} from '../../widgets/effect_list';

/** A list up to this length is open at once. */
const SHORT = 10;

interface Props {
    side: 'in' | 'out';
    moved: Moved;
}

/** Which users enter or leave the scope, and what decides. */
export function MovedPeople({side, moved: {count, found, people}}: Props) {
    const intl = useIntl();
    const title = intl.formatMessage({id: `entrasync.effect.${side}`}, {count});
    if (count === 0) {
        return null;
    }
    return (
        <EffectList title={title} isOpenAtFirst={count <= SHORT}>
            {people.length === 0 && <p className='EntraSync__quiet'><FormattedMessage id='entrasync.effect.none_found'/></p>}
            {/* A long list scrolls by itself, so it must be reachable by keyboard. */}
            <ul className='EntraSync__people' tabIndex={0} aria-label={title}>
                {people.map((person, at) => <PersonRow key={`${person.object_id} ${at}`} side={side} person={person}/>)}
            </ul>
            {found > people.length && (
                <p className='EntraSync__quiet'><FormattedMessage id='entrasync.effect.first_of' values={{shown: people.length, found}}/></p>
            )}
        </EffectList>
    );
}

function PersonRow({side, person: {object_id, display_name, email, rule}}: {side: 'in' | 'out'; person: MovedPerson}) {
    const locale = localeOf(useIntl().locale);
    const {groups} = useEditor();
    const rule_value = (rule.kind === 'groups' && groups.nameOf(rule.value)) || rule.value;
    const why = scopeText(locale, {
        reason: side === 'in' ? 'new_person' : 'out_of_scope',
        reason_params: {rule_kind: rule.kind, rule_value, rule_path: rule.path},
    });
    return (
        <li>
            <bdi className='EntraSync__name'>{display_name || email || object_id}</bdi>
            {email && <bdi className='EntraSync__quiet'>{email}</bdi>}
            <bdi className='EntraSync__quiet'>{why}</bdi>
        </li>
    );
}
