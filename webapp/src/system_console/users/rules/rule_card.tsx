import {FormattedMessage, useIntl} from 'react-intl';

import {ConditionBox} from '../../policy/conditions/condition_box';
import {conditionWords} from '../../policy/conditions/condition_words';
import {useEditor} from '../../policy/editor_context';
import {FaultsAt} from '../../policy/faults_at';
import {OtherKeyFaults} from '../../policy/other_key_faults';
import {withPart} from '../../policy/policy_document';
import {RuleFrame} from '../../policy/rules/rule_frame';
import type {RuleCardProps} from '../../policy/rules/rule_list';
import {RuleName} from '../../policy/rules/rule_name';
import {UnlistedOption} from '../../policy/unlisted_option';
import {Switch} from '../../widgets/switch';
import {Tag} from '../../widgets/tag';
import {UnfitPart} from '../../widgets/unfit_part';
import {useElementId} from '../../widgets/use_element_id';

import {isRuleOn, isShowableRule, type LooseRule} from '../scope_part';

/** A rule that allows or denies users. */
export function RuleCard({rule, onChange, ...frame}: RuleCardProps) {
    const intl = useIntl();
    const {groups} = useEditor();
    const shown = isShowableRule(rule) ? rule : null;
    return (
        <RuleFrame
            {...frame}
            name={String(shown?.name ?? '')}
            tags={shown && <EffectTag rule={shown}/>}
            words={shown && conditionWords(intl, shown.when, (group) => groups.nameOf(group) || group)}
        >
            {shown ? <RuleParts rule={shown} path={frame.path} onChange={onChange}/> : <UnfitPart path={frame.path}/>}
        </RuleFrame>
    );
}

function EffectTag({rule}: {rule: LooseRule}) {
    const isDeny = rule.effect === 'deny';
    return (
        <>
            <Tag kind={isDeny ? 'warning' : 'success'}><FormattedMessage id={`entrasync.users.rule_${isDeny ? 'deny' : 'allow'}`}/></Tag>
            {!isRuleOn(rule) && <Tag kind='neutral'><FormattedMessage id='entrasync.users.rule_off'/></Tag>}
        </>
    );
}

function RuleParts({rule, path, onChange}: {rule: LooseRule; path: string; onChange(rule: LooseRule): void}) {
    const intl = useIntl();
    const id = useElementId();
    const {faults, isDisabled} = useEditor();
    const setOn = (isOn: boolean) => onChange(withPart(rule, ['enabled'], isOn ? undefined : false));
    return (
        <>
            <div className='EntraSync__ruleFields'>
                <RuleName name={String(rule.name ?? '')} path={path} onChange={(name) => onChange({...rule, name})}/>
                <div className='EntraSync__field EntraSync__field--small'>
                    <label htmlFor={`${id}-effect`}><FormattedMessage id='entrasync.users.rule_effect'/></label>
                    <select
                        id={`${id}-effect`}
                        className='form-control'
                        disabled={isDisabled}
                        value={String(rule.effect ?? '')}
                        aria-invalid={faults.has(`${path}.effect`)}
                        aria-describedby={`${id}-effect-faults`}
                        onChange={(event) => onChange({...rule, effect: event.target.value})}
                    >
                        <UnlistedOption value={rule.effect} known={['allow', 'deny']}/>
                        <option value='allow'>{intl.formatMessage({id: 'entrasync.users.rule_allow'})}</option>
                        <option value='deny'>{intl.formatMessage({id: 'entrasync.users.rule_deny'})}</option>
                    </select>
                    <FaultsAt faults={faults} path={`${path}.effect`} id={`${id}-effect-faults`}/>
                </div>
            </div>
            <Switch label={<FormattedMessage id='entrasync.users.rule_enabled'/>} isOn={isRuleOn(rule)} isDisabled={isDisabled} onChange={setOn}/>
            <FaultsAt faults={faults} path={path} id={`${id}-faults`}/>
            <FaultsAt faults={faults} path={`${path}.enabled`} id={`${id}-enabled-faults`}/>
            <OtherKeyFaults part={rule} path={path} shown={['name', 'effect', 'enabled', 'when']}/>
            <p className='EntraSync__label'><FormattedMessage id='entrasync.users.rule_when'/></p>
            <ConditionBox when={rule.when} path={`${path}.when`} depth={1} onChange={(when) => onChange({...rule, when})}/>
        </>
    );
}
