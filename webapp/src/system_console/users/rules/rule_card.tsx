import {FormattedMessage, useIntl} from 'react-intl';

import {ignoreEnter} from '../../widgets/ignore_enter';
import {Icon} from '../../widgets/icon';
import {OrderButtons} from '../../widgets/order_buttons';
import {Switch} from '../../widgets/switch';
import {Tag} from '../../widgets/tag';
import {UnfitPart} from '../../widgets/unfit_part';
import {useElementId} from '../../widgets/use_element_id';
import {withPart} from '../../policy/policy_document';

import {ConditionBox} from './condition_box';
import {conditionWords} from './condition_words';
import {useEditor} from '../editor_context';
import {countWithin, FaultsAt} from '../faults_at';
import {OtherKeyFaults} from '../other_key_faults';
import {UnlistedOption} from '../unlisted_option';
import {isRuleOn, isShowableRule, type LooseRule} from '../scope_part';

interface Props {
    rule: unknown;

    /** By which the list finds the card. */
    anchor: string;
    path: string;

    /** Counts from 1. */
    number: number;
    total: number;
    isOpen: boolean;
    onToggle(): void;
    onChange(rule: LooseRule): void;
    
    /** To a place that counts from 0. */
    onMove(to: number): void;
    onRemove(): void;
}

/** One rule: a line that says what it does, and below it, once opened, its parts. */
export function RuleCard({rule, anchor, path, number, total, isOpen, onToggle, onChange, onMove, onRemove}: Props) {
    const intl = useIntl();
    const id = useElementId();
    const {faults, groups} = useEditor();
    const shown = isShowableRule(rule) ? rule : null;
    const name = String(shown?.name ?? '') || intl.formatMessage({id: 'entrasync.users.rule_unnamed'}, {number});
    const faultCount = countWithin(faults, path);
    return (
        <li className='EntraSync__rule-card' data-rule={anchor}>
            <div className='EntraSync__ruleHead'>
                <button
                    type='button'
                    className='EntraSync__ruleName'
                    data-control='toggle'
                    aria-expanded={isOpen}
                    aria-controls={isOpen ? `${id}-body` : undefined}
                    onClick={onToggle}
                >
                    <Icon name={isOpen ? 'open' : 'closed'}/>
                    <span>{`${number}. `}<bdi>{name}</bdi></span>
                </button>
                {shown && <EffectTag rule={shown}/>}
                {faultCount > 0 && <Tag kind='danger'><FormattedMessage id='entrasync.users.rule_faults' values={{count: faultCount}}/></Tag>}
                <RuleButtons name={name} number={number} total={total} onMove={onMove} onRemove={onRemove}/>
            </div>
            {shown && <p className='EntraSync__ruleWords'><bdi>{conditionWords(intl, shown.when, (group) => groups.nameOf(group) || group)}</bdi></p>}
            {isOpen && (
                <div id={`${id}-body`} className='EntraSync__ruleBody'>
                    {shown ? <RuleParts rule={shown} path={path} onChange={onChange}/> : <UnfitPart path={path}/>}
                </div>
            )}
        </li>
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

function RuleButtons({name, number, total, onMove, onRemove}: {name: string} & Pick<Props, 'number' | 'total' | 'onMove' | 'onRemove'>) {
    const intl = useIntl();
    const {isDisabled} = useEditor();
    return (
        <div className='EntraSync__actions'>
            <OrderButtons name={name} index={number - 1} count={total} isDisabled={isDisabled} onMove={onMove}/>
            <button type='button' className='btn btn-tertiary btn-sm' disabled={isDisabled} aria-label={intl.formatMessage({id: 'entrasync.list.remove_item'}, {name})} onClick={onRemove}>
                <FormattedMessage id='entrasync.list.remove'/>
            </button>
        </div>
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
                <div className='EntraSync__field'>
                    <label htmlFor={`${id}-name`}><FormattedMessage id='entrasync.users.rule_name'/></label>
                    <input
                        id={`${id}-name`}
                        type='text'
                        className='form-control'
                        dir='auto'
                        data-control='name'
                        disabled={isDisabled}
                        value={String(rule.name ?? '')}
                        aria-invalid={faults.has(`${path}.name`)}
                        aria-describedby={`${id}-name-faults`}
                        onChange={(event) => onChange({...rule, name: event.target.value})}
                        onKeyDown={ignoreEnter}
                    />
                    <FaultsAt faults={faults} path={`${path}.name`} id={`${id}-name-faults`}/>
                </div>
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
