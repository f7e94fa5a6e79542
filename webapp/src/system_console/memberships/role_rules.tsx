import {FormattedMessage, useIntl, type IntlShape} from 'react-intl';

import {systemRoles} from '../../sync/lists';
import {useEditor} from '../policy/editor_context';
import {FaultsAt} from '../policy/faults_at';
import {OtherKeyFaults} from '../policy/other_key_faults';
import {partOf, withPart, type PolicyDocument} from '../policy/policy_document';
import {RuleFrame} from '../policy/rules/rule_frame';
import {RuleList, type RuleCardProps} from '../policy/rules/rule_list';
import {RuleName} from '../policy/rules/rule_name';
import {Switch} from '../widgets/switch';
import {Tag} from '../widgets/tag';
import {UnfitPart} from '../widgets/unfit_part';
import {useElementId} from '../widgets/use_element_id';

import {Choice} from './choice';
import {isRuleOn, isShowableRule, newId, type LooseRule} from './rule_part';
import {whoWords} from './rule_words';
import {WhoBox} from './who_box';

const path = ['accounts', 'roles'];
const shownKeys = ['id', 'name', 'enabled', 'who', 'role'];

interface Props {
    document: PolicyDocument;
    isDisabled: boolean;
    onChange(document: PolicyDocument): void;
}

/** The rules for system roles; `null` if they are not a list. */
export function roleRulesOf(document: PolicyDocument): unknown[] | null {
    const rules = partOf(document, path) ?? [];
    return Array.isArray(rules) ? rules : null;
}

/** Which users have system roles of Mattermost. */
export function RoleRules({document, isDisabled, onChange}: Props) {
    const rules = roleRulesOf(document);
    const change = (changed: unknown[]) => onChange(withPart(document, path, changed.length === 0 ? undefined : changed));
    return rules ? (
        <RuleList
            rules={rules}
            path='Policy.accounts.roles'
            title={<FormattedMessage id='entrasync.memberships.roles_title'/>}
            help={<FormattedMessage id='entrasync.memberships.roles_help'/>}
            addLabel={<FormattedMessage id='entrasync.memberships.role_add'/>}
            Card={RoleCard}
            newRule={(name) => ({id: newId(), name, who: {groups: []}, role: 'system_user_manager'})}
            onChange={change}
        />
    ) : <UnfitPart path='Policy.accounts.roles' isDisabled={isDisabled} onReset={() => change([])}/>;
}

/** A rule that gives a system role. */
function RoleCard({rule, onChange, ...frame}: RuleCardProps) {
    const intl = useIntl();
    const {groups} = useEditor();
    const shown = isShowableRule(rule) ? rule : null;
    return (
        <RuleFrame
            {...frame}
            name={String(shown?.name ?? '')}
            tags={shown && !isRuleOn(shown) && <Tag kind='neutral'><FormattedMessage id='entrasync.users.rule_off'/></Tag>}
            words={shown && intl.formatMessage({id: 'entrasync.memberships.role_words'}, {
                who: whoWords(intl, shown, {groupOf: groups.nameOf, targetOf: () => ''}), role: roleName(intl, String(shown.role ?? ''))})}
        >
            {shown ? <RoleParts rule={shown} path={frame.path} onChange={onChange}/> : <UnfitPart path={frame.path}/>}
        </RuleFrame>
    );
}

function roleName(intl: IntlShape, role: string): string {
    const known = systemRoles.find((one) => one === role);
    return known ? intl.formatMessage({id: `entrasync.memberships.${known}`}) : role;
}

function RoleParts({rule, path: at, onChange}: {rule: LooseRule; path: string; onChange(rule: LooseRule): void}) {
    const intl = useIntl();
    const id = useElementId();
    const {faults, isDisabled} = useEditor();
    const isOn = isRuleOn(rule);
    return (
        <>
            <div className='EntraSync__ruleFields'>
                <RuleName name={String(rule.name ?? '')} path={at} onChange={(name) => onChange({...rule, name})}/>
            </div>
            <Switch
                label={<FormattedMessage id='entrasync.users.rule_enabled'/>}
                isOn={isOn}
                isDisabled={isDisabled}
                onChange={(isWanted) => onChange(withPart(rule, ['enabled'], isWanted ? undefined : false))}
            />
            {['', '.id', '.enabled'].map((key) => <FaultsAt key={key} faults={faults} path={`${at}${key}`} id={`${id}-faults${key.replace('.', '-')}`}/>)}
            <OtherKeyFaults part={rule} path={at} shown={shownKeys}/>
            <WhoBox rule={rule} path={at} onChange={onChange}/>
            <Choice
                label={<FormattedMessage id='entrasync.memberships.system_role'/>}
                value={String(rule.role ?? '')}
                options={systemRoles.map((value) => ({value, name: roleName(intl, value)}))}
                path={`${at}.role`}
                help={<FormattedMessage id='entrasync.memberships.system_role_help'/>}
                onChange={(role) => onChange({...rule, role})}
            />
        </>
    );
}
