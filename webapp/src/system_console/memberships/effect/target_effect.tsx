import {FormattedMessage, useIntl} from 'react-intl';

import {moves, type Move} from '../../../live/moves';
import type {LiveTarget, Moving} from '../../../live/targets';
import {EffectList} from '../../widgets/effect_list';

/** Who joins, leaves, and stays in one team or channel. */
export function TargetEffect({target}: {target: LiveTarget}) {
    const intl = useIntl();
    const {id, name, team_name, stay, unknown} = target;
    const counts = Object.fromEntries(moves.map((move) => [move, target[move].count])) as Record<Move, number>;
    const title = intl.formatMessage({id: 'entrasync.memberships.effect_target'}, {
        name: team_name ? `${team_name} > ${name}` : name, state: id === '' ? 'new' : 'existing', ...counts, stay,
    });
    return (
        <EffectList title={title}>
            {unknown > 0 && <p className='EntraSync__quiet'><FormattedMessage id='entrasync.memberships.effect_unknown' values={{count: unknown}}/></p>}
            {moves.map((move) => target[move].count > 0 && <Users key={move} move={move} moving={target[move]}/>)}
            {moves.every((move) => target[move].count === 0) && <p className='EntraSync__quiet'><FormattedMessage id='entrasync.memberships.effect_same'/></p>}
        </EffectList>
    );
}

function Users({move, moving: {count, users}}: {move: Move; moving: Moving}) {
    const intl = useIntl();
    const title = intl.formatMessage({id: `entrasync.memberships.effect_${move}`}, {count});
    return (
        <>
            <p className='EntraSync__label'>{title}</p>
            {/* A long list scrolls by itself, so it must be reachable by keyboard. */}
            <ul className='EntraSync__people' tabIndex={0} aria-label={title}>
                {users.map(({object_id, display_name, email}) => (
                    <li key={object_id}>
                        <bdi className='EntraSync__name'>{display_name || email || object_id}</bdi>
                        {email && <bdi className='EntraSync__quiet'>{email}</bdi>}
                    </li>
                ))}
            </ul>
            {count > users.length && <p className='EntraSync__quiet'><FormattedMessage id='entrasync.memberships.effect_first_users' values={{shown: users.length, count}}/></p>}
        </>
    );
}
