import {FormattedMessage, useIntl} from 'react-intl';

import {ConditionBox} from '../policy/conditions/condition_box';
import {newComparison} from '../policy/conditions/condition_part';
import {useEditor} from '../policy/editor_context';
import {FaultsAt} from '../policy/faults_at';
import {GroupList} from '../policy/groups/group_list';
import {OtherKeyFaults} from '../policy/other_key_faults';
import {isObject, withPart} from '../policy/policy_document';
import {UnfitPart} from '../widgets/unfit_part';
import {useElementId} from '../widgets/use_element_id';

import {Choice} from './choice';
import {forEachOf, whoOf, type LooseRule, type ShownWho} from './rule_part';

const kinds = ['everyone', 'groups', 'when'] as const;
type Kind = typeof kinds[number];

const fresh: Record<Kind, unknown> = {everyone: {everyone: true}, groups: {groups: []}, when: {when: {all: [newComparison]}}};

interface Props {
    rule: LooseRule;
    path: string;
    onChange(rule: LooseRule): void;
}

/** Which users a rule wants. */
export function WhoBox({rule, path, onChange}: Props) {
    const intl = useIntl();
    const {isDisabled} = useEditor();
    const shown = whoOf(rule);
    const ofGroups = forEachOf(rule).kind === 'groups_starting_with';
    const choose = (kind: Kind) => onChange(withPart(rule, ['who'], ofGroups && kind === 'everyone' ? undefined : fresh[kind]));
    if (shown.kind === 'other') {
        return <UnfitPart path={`${path}.who`} isDisabled={isDisabled} onReset={() => choose('everyone')}/>;
    }
    return (
        <div className='EntraSync__rulePart'>
            <Choice
                label={<FormattedMessage id={ofGroups ? 'entrasync.memberships.who_of_group' : 'entrasync.memberships.who'}/>}
                value={shown.kind === 'none' && ofGroups ? 'everyone' : shown.kind === 'none' ? '' : shown.kind}
                options={kinds.map((value) => ({value, name: intl.formatMessage({id: `entrasync.memberships.who_${value}${ofGroups ? '_of_group' : ''}`})}))}
                path={`${path}.who`}
                form={intl.formatMessage({id: 'entrasync.memberships.who_missing'})}
                onChange={choose}
            />
            {isObject(rule.who) && <OtherKeyFaults part={rule.who} path={`${path}.who`} shown={[...kinds]}/>}
            <WhoParts shown={shown} path={`${path}.who`} onChange={(who) => onChange({...rule, who})}/>
        </div>
    );
}

function WhoParts({shown, path, onChange}: {shown: ShownWho; path: string; onChange(who: unknown): void}) {
    const intl = useIntl();
    const id = useElementId();
    const {faults} = useEditor();
    switch (shown.kind) {
    case 'groups':
        return (
            <>
                <p className='help-text'><FormattedMessage id='entrasync.users.help_groups'/></p>
                <GroupList path={`${path}.groups`} entries={shown.groups} isFresh={false} onChange={(groups) => onChange({groups})}/>
                <FaultsAt faults={faults} path={`${path}.groups`} id={`${id}-faults`} length={intl.formatMessage({id: 'entrasync.memberships.groups_missing'})}/>
            </>
        );
    case 'when':
        return <ConditionBox when={shown.when} path={`${path}.when`} depth={1} onChange={(when) => onChange({when})}/>;
    default:
        return null;
    }
}
