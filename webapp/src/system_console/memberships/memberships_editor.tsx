import {useContext, useMemo} from 'react';
import {FormattedMessage} from 'react-intl';

import {readableAttributes} from '../../sync/policy/attributes';
import {MaySeeSync} from '../frame/no_permission';
import {EditorProvider} from '../policy/editor_context';
import type {EditorProps} from '../policy/editor_props';
import {faultMapOf} from '../policy/faults_at';
import {useGroups} from '../policy/groups/use_groups';
import {OtherKeyFaults} from '../policy/other_key_faults';
import {isObject, withPart} from '../policy/policy_document';
import {RuleList} from '../policy/rules/rule_list';
import {FaultNotice} from '../widgets/fault_notice';
import {Notice} from '../widgets/notice';
import {UnfitPart} from '../widgets/unfit_part';
import {useElementId} from '../widgets/use_element_id';

import {MembershipEffect} from './effect/membership_effect';
import {FurtherSettings} from './further_settings';
import {RuleCard} from './rule_card';
import {RoleRules, roleRulesOf} from './role_rules';
import {groupsOfRules, newRule, rulesOf, targetsOfRules, withRules} from './rule_part';
import './styles.css';
import {TargetsProvider} from './targets_context';
import {useTargets} from './use_targets';

/** Which teams and channels users are in: the rules, what holds for all of them, and what they come to. */
export default function MembershipsEditor({document, policy, faults, isDisabled, onChange}: EditorProps) {
    const attributesId = useElementId();
    const maySee = useContext(MaySeeSync);
    const rules = rulesOf(document);
    const groups = useGroups(groupsOfRules([...rules ?? [], ...roleRulesOf(document) ?? []]));
    const targets = useTargets(targetsOfRules(rules ?? []));
    const faultMap = useMemo(() => faultMapOf(faults), [faults]);
    const part = document.memberships ?? {};
    const reset = () => onChange(withPart(document, ['memberships'], undefined));
    if (!isObject(part)) {
        return <UnfitPart path='Policy.memberships' isDisabled={isDisabled} onReset={reset}/>;
    }
    return (
        <EditorProvider value={{faults: faultMap, groups, attributesId, isDisabled}}>
            <TargetsProvider value={targets}>
                <div className='EntraSync__membershipsEditor'>
                    <p className='help-text'><FormattedMessage id='entrasync.memberships.intro'/></p>
                    <OtherKeyFaults part={part} path='Policy.memberships' shown={['rules', 'rejoin', 'announce', 'min_minutes_between_reads']}/>
                    {maySee && targets.fault && <FaultNotice fault={targets.fault} kind='warning' isUrgent={false}/>}
                    {rules ? (
                        <RuleList
                            rules={rules}
                            path='Policy.memberships.rules'
                            help={<FormattedMessage id='entrasync.memberships.rules_help'/>}
                            Card={RuleCard}
                            newRule={newRule}
                            removedHelp={<Notice kind='info'><p><FormattedMessage id='entrasync.memberships.removed_help'/></p></Notice>}
                            onChange={(changed) => onChange(withRules(document, changed))}
                        />
                    ) : <UnfitPart path='Policy.memberships.rules' isDisabled={isDisabled} onReset={() => onChange(withRules(document, []))}/>}
                    <RoleRules document={document} isDisabled={isDisabled} onChange={onChange}/>
                    <datalist id={attributesId}>{readableAttributes.map((name) => <option key={name} value={name}/>)}</datalist>
                    <FurtherSettings document={document} faults={faults} isDisabled={isDisabled} onChange={onChange}/>
                    {maySee && <MembershipEffect document={policy ? document : null} hasRules={rules !== null && rules.length > 0}/>}
                </div>
            </TargetsProvider>
        </EditorProvider>
    );
}
