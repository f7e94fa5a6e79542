import {useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {TargetAnswer} from '../../answers';
import {findTargets} from '../../client';
import {useEditor} from '../policy/editor_context';
import {FaultsAt} from '../policy/faults_at';
import {FaultNotice} from '../widgets/fault_notice';
import {SelectBox} from '../widgets/select_box';
import {Tag} from '../widgets/tag';
import {useAnswer} from '../widgets/use_answer';
import {useDebounced} from '../widgets/use_debounced';
import {useElementId} from '../widgets/use_element_id';

import {useKnownTargets} from './targets_context';

/** How long (ms) typing must pause before the server is asked. */
const PAUSE = 250;

interface Props {
    kind: 'team' | 'channel';

    /** The team of the channels. */
    team?: string;

    /** The ID of the selected one; '' for none. */
    value: string;

    /** Of the ID in the policy. */
    path: string;
    onChoose(id: string): void;
}

/** Finds a team, or a public or private channel of a team, by a part of its name. */
export function TargetSelect({kind, team = '', value, path, onChoose}: Props) {
    const intl = useIntl();
    const id = useElementId();
    const {faults, isDisabled} = useEditor();
    const {targetOf} = useKnownTargets();
    const [q, setQ] = useState('');
    const [isVisited, setIsVisited] = useState(false);
    const found = useFoundTargets({kind, team, q: q.trim(), isVisited});
    const chosen = value === '' ? null : targetOf(value) ?? unnamed(kind, value);
    return (
        <div className='EntraSync__field'>
            <label htmlFor={id}><FormattedMessage id={`entrasync.memberships.${kind}_name`}/></label>
            <SelectBox<TargetAnswer>
                inputId={id}
                isDisabled={isDisabled}
                placeholder={intl.formatMessage({id: `entrasync.memberships.${kind}_search`})}
                value={chosen}
                options={found.targets}
                isLoading={found.isLoading}
                filterOption={null}
                aria-invalid={faults.has(path)}
                aria-errormessage={`${id}-faults`}
                onFocus={() => setIsVisited(true)}
                onInputChange={(typed) => setQ(typed)}
                getOptionValue={(target) => target.id}
                getOptionLabel={labelOf}
                isOptionDisabled={({is_archived}) => is_archived}
                formatOptionLabel={(target) => <TargetLabel target={target}/>}
                noOptionsMessage={() => intl.formatMessage({id: `entrasync.memberships.${kind}_none`})}
                onChange={(target) => target && onChoose(target.id)}
            />
            <TargetState id={value}/>
            <FaultsAt faults={faults} path={path} id={`${id}-faults`} form={intl.formatMessage({id: `entrasync.memberships.${kind}_missing`})}/>
            {found.fault && <FaultNotice fault={found.fault}/>}
        </div>
    );
}

function useFoundTargets({kind, team, q, isVisited}: {kind: 'team' | 'channel'; team: string; q: string; isVisited: boolean}) {
    const {remember} = useKnownTargets();
    const settled = useDebounced(q, PAUSE);
    const {answer, fault, isLoading} = useAnswer({
        queryKey: ['find_targets', kind, team, settled, isVisited],
        queryFn: async ({signal}) => {
            const targets = isVisited ? await findTargets(kind === 'team' ? {kind, q: settled} : {kind, team, q: settled}, signal) : [];
            remember(targets);
            return {q: settled, team, targets};
        },
    });
    const isCurrent = answer?.q === q && answer.team === team;
    return {targets: isCurrent ? answer.targets : [], fault, isLoading: isVisited && (isLoading || !isCurrent)};
}

/** What an administrator must know of the selected team or channel. */
function TargetState({id}: {id: string}) {
    const {targetOf, isMissing} = useKnownTargets();
    const target = targetOf(id);
    if (isMissing(id)) {
        return <p className='EntraSync__targetState'><Tag kind='danger'><FormattedMessage id='entrasync.memberships.target_gone'/></Tag></p>;
    }
    return target && (target.is_archived || target.is_group_constrained) ? (
        <p className='help-text'><FormattedMessage id={`entrasync.memberships.target_${target.is_archived ? 'archived' : 'constrained'}_help`} values={{kind: target.kind}}/></p>
    ) : null;
}

/** Display names need not be unique: the name in the URL tells teams and channels apart. */
function TargetLabel({target: {id, kind, name, display_name, is_open, is_archived, is_group_constrained}}: {target: TargetAnswer}) {
    return (
        <span className='EntraSync__group'>
            <bdi className='EntraSync__name'>{display_name || name || id}</bdi>
            {name && <bdi className='EntraSync__quiet'>{kind === 'team' ? `/${name}` : `~${name}`}</bdi>}
            {name && kind === 'channel' && !is_open && <Tag kind='neutral'><FormattedMessage id='entrasync.memberships.private'/></Tag>}
            {is_archived && <Tag kind='warning'><FormattedMessage id='entrasync.memberships.archived'/></Tag>}
            {is_group_constrained && <Tag kind='warning'><FormattedMessage id='entrasync.memberships.constrained'/></Tag>}
        </span>
    );
}

function labelOf({display_name, name, id}: TargetAnswer): string {
    return display_name || name || id;
}

/** Of one whose name is not known: it is shown by its ID. */
function unnamed(kind: 'team' | 'channel', id: string): TargetAnswer {
    return {id, kind, team_id: '', team_name: '', name: '', display_name: '', is_open: true, is_archived: false, is_group_constrained: false};
}
