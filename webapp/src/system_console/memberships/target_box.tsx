import {FormattedMessage, useIntl} from 'react-intl';

import {useEditor} from '../policy/editor_context';
import {OtherKeyFaults} from '../policy/other_key_faults';
import {withPart, type PolicyDocument} from '../policy/policy_document';
import {UnfitPart} from '../widgets/unfit_part';

import {Choice} from './choice';
import {CreateBox} from './create_box';
import {newPlace, placeOf, type ShownPlace} from './rule_part';
import {TargetSelect} from './target_select';

type Way = 'none' | 'id' | 'create';

interface Props {
    join: PolicyDocument;
    path: string;

    /** Counts from 1. */
    number: number;

    /** Values that the rule has a target for; null for a rule with one target for all. */
    values: readonly string[] | null;
    onChange(join: PolicyDocument): void;

    /** None for the only target. */
    onRemove: (() => void) | null;
}

/** A team, or a channel of a team, that a rule puts its users into. */
export function TargetBox({join, path, number, values, onChange, onRemove}: Props) {
    const intl = useIntl();
    const name = intl.formatMessage({id: 'entrasync.memberships.target'}, {number});
    const team = placeOf(join.team);
    const channel = placeOf(join.channel);
    const teamId = team.kind === 'id' ? team.id : '';
    const setTeam = (changed: PolicyDocument | undefined) => {
        // An existing channel is of the team from before.
        const kept = channel.kind === 'id' ? withPart(join, ['channel'], undefined) : join;
        onChange({...kept, team: changed});
    };
    return (
        <li className='EntraSync__target'>
            <div role='group' aria-label={name}>
                {onRemove && <TargetHead name={name} onRemove={onRemove}/>}
                <PlaceBox kind='team' place={team} ways={['id', 'create']} path={`${path}.team`} values={values} onChange={setTeam}/>
                <PlaceBox
                    kind='channel'
                    place={channel}
                    ways={team.kind === 'id' && (teamId !== '' || channel.kind === 'id') ? ['none', 'id', 'create'] : ['none', 'create']}
                    team={teamId}
                    path={`${path}.channel`}
                    values={values}
                    onChange={(changed) => onChange(withPart(join, ['channel'], changed))}
                />
                <OtherKeyFaults part={join} path={path} shown={['team', 'channel']}/>
            </div>
        </li>
    );
}

/** Tells targets apart where a rule has several. */
function TargetHead({name, onRemove}: {name: string; onRemove(): void}) {
    const intl = useIntl();
    const {isDisabled} = useEditor();
    return (
        <div className='EntraSync__targetHead'>
            <p className='EntraSync__label'>{name}</p>
            <button
                type='button'
                className='btn btn-tertiary btn-sm'
                disabled={isDisabled}
                aria-label={intl.formatMessage({id: 'entrasync.list.remove_item'}, {name})}
                onClick={onRemove}
            >
                <FormattedMessage id='entrasync.list.remove'/>
            </button>
        </div>
    );
}

interface PlaceProps {
    kind: 'team' | 'channel';
    place: ShownPlace;
    ways: readonly Way[];
    team?: string;
    path: string;
    values: readonly string[] | null;
    onChange(place: PolicyDocument | undefined): void;
}

/** A team or a channel: one that exists, or how it is created. */
function PlaceBox({kind, place, ways, team = '', path, values, onChange}: PlaceProps) {
    const intl = useIntl();
    const {isDisabled} = useEditor();
    if (place.kind === 'other') {
        return <UnfitPart path={path} isDisabled={isDisabled} onReset={() => onChange(kind === 'team' ? {id: ''} : undefined)}/>;
    }
    const choose = (way: Way) => onChange(way === 'none' ? undefined : way === 'id' ? {id: ''} : newPlace(values !== null));
    return (
        <div className='EntraSync__ruleFields'>
            <Choice
                label={<FormattedMessage id={`entrasync.memberships.${kind}`}/>}
                value={place.kind}
                options={ways.map((value) => ({value, name: intl.formatMessage({id: value === 'none' ? 'entrasync.memberships.channel_by_none' : `entrasync.memberships.${kind}_by_${value}`})}))}
                path={path}
                form={intl.formatMessage({id: 'entrasync.memberships.team_missing'})}
                isSmall={true}
                onChange={choose}
            />
            {place.kind === 'id' && <TargetSelect kind={kind} team={team} value={place.id} path={`${path}.id`} onChoose={(chosen) => onChange({id: chosen})}/>}
            {place.kind === 'create' && <CreateBox kind={kind} create={place.create} path={`${path}.create`} values={values} onChange={(create) => onChange({create})}/>}
        </div>
    );
}
