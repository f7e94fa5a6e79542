import {useContext, useMemo} from 'react';
import {FormattedMessage} from 'react-intl';

import {readableAttributes} from '../../sync/policy/attributes';
import {Notice} from '../widgets/notice';
import {Switch} from '../widgets/switch';
import {UnfitPart} from '../widgets/unfit_part';
import {useElementId} from '../widgets/use_element_id';
import {MaySeeSync} from '../frame/no_permission';
import type {EditorProps} from '../policy/editor_props';
import {isObject} from '../policy/policy_document';

import {EditorProvider} from '../policy/editor_context';
import {EffectPanel} from './effect/effect_panel';
import {faultMapOf} from '../policy/faults_at';
import {OtherKeyFaults} from '../policy/other_key_faults';
import {newRule} from '../policy/conditions/condition_part';
import {RuleList} from '../policy/rules/rule_list';
import {RuleCard} from './rules/rule_card';
import {allowsNobody, entriesOf, groupsOfRules, rulesOf, switchOf, withRules, withSwitch, type ScopeSwitchName} from './scope_part';
import {ScopeLists} from './lists/scope_lists';
import {useGroups} from '../policy/groups/use_groups';

import './styles.css';

/** Who is synced: lists, rules, and what they come to. */
export default function PeopleEditor({document, policy, saved, faults, isDisabled, onChange}: EditorProps) {
    const attributesId = useElementId();
    const maySee = useContext(MaySeeSync);
    const rules = rulesOf(document);
    const groups = useGroups([
        ...entriesOf(document, 'allow', 'groups') ?? [], ...entriesOf(document, 'deny', 'groups') ?? [], ...groupsOfRules(rules ?? []),
    ]);
    const faultMap = useMemo(() => faultMapOf(faults), [faults]);
    const context = {faults: faultMap, groups, attributesId, isDisabled};
    const isEveryone = switchOf(document, 'everyone') === true;
    const scope = document.scope ?? {};
    if (!isObject(scope)) {
        return <UnfitPart path='Policy.scope'/>;
    }
    return (
        <EditorProvider value={context}>
            <div className='EntraSync__peopleEditor'>
                <p className='help-text'><FormattedMessage id='entrasync.users.order'/></p>
                <OtherKeyFaults part={scope} path='Policy.scope' shown={['allow', 'deny', 'rules', 'everyone', 'guests', 'service_accounts']}/>
                <ScopeSwitch name='everyone' {...{document, isDisabled, onChange}}/>
                {isEveryone && (
                    <Notice kind='warning' title={<FormattedMessage id='entrasync.policy.everyone_warning'/>}>
                        <p><FormattedMessage id='entrasync.policy.everyone_hint'/></p>
                        <p><FormattedMessage id='entrasync.users.everyone_keeps'/></p>
                    </Notice>
                )}
                <ScopeSwitch name='guests' {...{document, isDisabled, onChange}}/>
                <ScopeSwitch name='service_accounts' {...{document, isDisabled, onChange}}/>
                <p className='help-text'><FormattedMessage id='entrasync.policy.service_accounts_help'/></p>
                {allowsNobody(document) && <Notice kind='warning'><p><strong><FormattedMessage id='entrasync.allow.empty'/></strong></p></Notice>}
                {!isEveryone && <ScopeLists effect='allow' document={document} onChange={onChange}/>}
                <ScopeLists effect='deny' document={document} onChange={onChange}/>
                {rules ? (
                    <RuleList
                        rules={rules}
                        path='Policy.scope.rules'
                        help={<FormattedMessage id='entrasync.users.rule_help'/>}
                        Card={RuleCard}
                        newRule={newRule}
                        onChange={(changed) => onChange(withRules(document, changed))}
                    />
                ) : <UnfitPart path='Policy.scope.rules'/>}
                <datalist id={attributesId}>{readableAttributes.map((name) => <option key={name} value={name}/>)}</datalist>
                {maySee && <EffectPanel document={policy ? document : null} saved={saved}/>}
            </div>
        </EditorProvider>
    );
}

function ScopeSwitch({name, document, isDisabled, onChange}: {name: ScopeSwitchName} & Pick<EditorProps, 'document' | 'isDisabled' | 'onChange'>) {
    const isOn = switchOf(document, name);
    return isOn === null ? <UnfitPart path={`Policy.scope.${name}`}/> : (
        <Switch
            label={<FormattedMessage id={`entrasync.policy.${name}`}/>}
            isOn={isOn}
            isDisabled={isDisabled}
            onChange={(changed) => onChange(withSwitch(document, name, changed))}
        />
    );
}
