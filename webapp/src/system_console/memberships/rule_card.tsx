import {FormattedMessage, useIntl} from 'react-intl';

import {membershipRoles, removals} from '../../sync/policy/memberships';
import {useEditor} from '../policy/editor_context';
import {FaultsAt} from '../policy/faults_at';
import {OtherKeyFaults} from '../policy/other_key_faults';
import {withPart} from '../policy/policy_document';
import {RuleFrame} from '../policy/rules/rule_frame';
import type {RuleCardProps} from '../policy/rules/rule_list';
import {RuleName} from '../policy/rules/rule_name';
import {Notice} from '../widgets/notice';
import {Switch} from '../widgets/switch';
import {Tag} from '../widgets/tag';
import {UnfitPart} from '../widgets/unfit_part';
import {useElementId} from '../widgets/use_element_id';

import {Choice} from './choice';
import {ForEachBox} from './for_each_box';
import {isRuleOn, isShowableRule, type LooseRule} from './rule_part';
import {ruleWords} from './rule_words';
import {TargetList} from './target_list';
import {useKnownTargets} from './targets_context';
import {WhoBox} from './who_box';

/** A rule that puts users into teams and channels. */
export function RuleCard({rule, onChange, ...frame}: RuleCardProps) {
    const intl = useIntl();
    const {groups} = useEditor();
    const {targetOf} = useKnownTargets();
    const shown = isShowableRule(rule) ? rule : null;
    const names = {groupOf: groups.nameOf, targetOf: (id: string) => targetOf(id)?.display_name ?? ''};
    return (
        <RuleFrame
            {...frame}
            name={String(shown?.name ?? '')}
            tags={shown && <StateTag rule={shown}/>}
            words={shown && ruleWords(intl, shown, names)}
        >
            {shown ? <RuleParts rule={shown} path={frame.path} onChange={onChange}/> : <UnfitPart path={frame.path}/>}
        </RuleFrame>
    );
}

function StateTag({rule}: {rule: LooseRule}) {
    if (!isRuleOn(rule)) {
        return <Tag kind='neutral'><FormattedMessage id='entrasync.users.rule_off'/></Tag>;
    }
    return rule.ending === true ? <Tag kind='warning'><FormattedMessage id='entrasync.memberships.ending'/></Tag> : null;
}

interface PartsProps {
    rule: LooseRule;
    path: string;
    onChange(rule: LooseRule): void;
}

const shownKeys = ['id', 'name', 'enabled', 'ending', 'who', 'for_each', 'join', 'role', 'removal'];

function RuleParts({rule, path, onChange}: PartsProps) {
    const id = useElementId();
    const {faults, isDisabled} = useEditor();
    const isOn = isRuleOn(rule);
    const setOn = (isWanted: boolean) => onChange(withPart(rule, ['enabled'], isWanted ? undefined : false));
    return (
        <>
            <div className='EntraSync__ruleFields'>
                <RuleName name={String(rule.name ?? '')} path={path} onChange={(name) => onChange({...rule, name})}/>
            </div>
            <Switch
                label={<FormattedMessage id='entrasync.users.rule_enabled'/>}
                {...(!isOn && {describedBy: `${id}-enabled`})}
                isOn={isOn}
                isDisabled={isDisabled}
                onChange={setOn}
            />
            {!isOn && <p id={`${id}-enabled`} className='help-text'><FormattedMessage id='entrasync.memberships.off_help'/></p>}
            {['', '.id', '.enabled', '.ending'].map((key) => <FaultsAt key={key} faults={faults} path={`${path}${key}`} id={`${id}-faults${key.replace('.', '-')}`}/>)}
            <OtherKeyFaults part={rule} path={path} shown={shownKeys}/>
            <WhoBox rule={rule} path={path} onChange={onChange}/>
            <ForEachBox rule={rule} path={path} onChange={onChange}/>
            <TargetList rule={rule} path={path} onChange={onChange}/>
            <RoleAndRemoval rule={rule} path={path} onChange={onChange}/>
            <Ending rule={rule} onChange={onChange}/>
        </>
    );
}

function RoleAndRemoval({rule, path, onChange}: PartsProps) {
    const intl = useIntl();
    const role = String(rule.role ?? 'member');
    const removal = String(rule.removal ?? 'added_by_sync');
    const knownRole = membershipRoles.find((one) => one === role);
    const knownRemoval = removals.find((one) => one === removal);
    return (
        <div className='EntraSync__ruleFields'>
            <Choice
                label={<FormattedMessage id='entrasync.memberships.role'/>}
                value={role}
                options={membershipRoles.map((value) => ({value, name: intl.formatMessage({id: `entrasync.memberships.role_${value}`})}))}
                path={`${path}.role`}
                help={knownRole && <FormattedMessage id={`entrasync.memberships.role_${knownRole}_help`}/>}
                onChange={(chosen) => onChange(withPart(rule, ['role'], chosen === 'member' ? undefined : chosen))}
            />
            <Choice
                label={<FormattedMessage id='entrasync.memberships.removal'/>}
                value={removal}
                options={removals.map((value) => ({value, name: intl.formatMessage({id: `entrasync.memberships.removal_${value}`})}))}
                path={`${path}.removal`}
                help={knownRemoval && <FormattedMessage id={`entrasync.memberships.removal_${knownRemoval}_help`}/>}
                onChange={(chosen) => onChange(withPart(rule, ['removal'], chosen === 'added_by_sync' ? undefined : chosen))}
            />
        </div>
    );
}

/** A rule can end its memberships; to delete it or to switch it off keeps them. */
function Ending({rule, onChange}: Pick<PartsProps, 'rule' | 'onChange'>) {
    const {isDisabled} = useEditor();
    const isEnding = rule.ending === true;
    return (
        <div className='EntraSync__rulePart'>
            <button
                type='button'
                className='btn btn-tertiary btn-sm'
                disabled={isDisabled}
                onClick={() => onChange(withPart(rule, ['ending'], isEnding ? undefined : true))}
            >
                <FormattedMessage id={isEnding ? 'entrasync.memberships.ending_undo' : 'entrasync.memberships.end'}/>
            </button>
            {/* Below the button, which has the focus and stays where it is. */}
            {isEnding ? (
                <Notice kind='warning' title={<FormattedMessage id='entrasync.memberships.ending_title'/>}><p><FormattedMessage id='entrasync.memberships.ending_help'/></p></Notice>
            ) : <p className='help-text'><FormattedMessage id='entrasync.memberships.end_help'/></p>}
        </div>
    );
}
