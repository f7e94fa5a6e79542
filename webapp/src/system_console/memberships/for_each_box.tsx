import {FormattedMessage, useIntl} from 'react-intl';

import {attributeOf} from '../policy/conditions/condition_part';
import {useEditor} from '../policy/editor_context';
import {OtherKeyFaults} from '../policy/other_key_faults';
import {isObject, type PolicyDocument} from '../policy/policy_document';
import {UnfitPart} from '../widgets/unfit_part';

import {Choice} from './choice';
import {forEachOf, whoOf, withForEach, type LooseRule} from './rule_part';
import {TextField} from './text_field';

const kinds = ['none', 'attribute', 'groups_starting_with'] as const;
type Kind = typeof kinds[number];

const fresh: Record<Kind, PolicyDocument | undefined> = {none: undefined, attribute: {attribute: 'department'}, groups_starting_with: {groups_starting_with: ''}};

interface Props {
    rule: LooseRule;
    path: string;
    onChange(rule: LooseRule): void;
}

/** Whether a rule has one target, or one for each value or group. */
export function ForEachBox({rule, path, onChange}: Props) {
    const intl = useIntl();
    const {attributesId, isDisabled} = useEditor();
    const shown = forEachOf(rule);
    const here = `${path}.for_each`;
    const choose = (kind: Kind) => {
        const changed = withForEach(rule, fresh[kind]);
        // Only a rule for each group has its users from the groups.
        onChange(kind !== 'groups_starting_with' && whoOf(changed).kind === 'none' ? {...changed, who: {everyone: true}} : changed);
    };
    if (shown.kind === 'other') {
        return <UnfitPart path={here} isDisabled={isDisabled} onReset={() => choose('none')}/>;
    }
    return (
        <div className='EntraSync__ruleFields'>
            <Choice
                label={<FormattedMessage id='entrasync.memberships.for_each'/>}
                value={shown.kind}
                options={kinds.map((value) => ({value, name: intl.formatMessage({id: `entrasync.memberships.for_each_${value}`})}))}
                path={here}
                help={<FormattedMessage id={`entrasync.memberships.for_each_${shown.kind}_help`}/>}
                onChange={choose}
            />
            {shown.kind === 'attribute' && (
                <TextField
                    label={<FormattedMessage id='entrasync.users.rule_attribute'/>}
                    value={shown.attribute}
                    path={`${here}.attribute`}
                    list={attributesId}
                    form={intl.formatMessage({id: 'entrasync.users.rule_no_attribute'})}
                    onChange={(text) => onChange({...rule, for_each: {attribute: attributeOf(text)}})}
                />
            )}
            {shown.kind === 'groups_starting_with' && (
                <TextField
                    label={<FormattedMessage id='entrasync.memberships.prefix'/>}
                    value={shown.prefix}
                    path={`${here}.groups_starting_with`}
                    length={intl.formatMessage({id: 'entrasync.memberships.prefix_missing'})}
                    onChange={(text) => onChange({...rule, for_each: {groups_starting_with: text}})}
                />
            )}
            {isObject(rule.for_each) && <OtherKeyFaults part={rule.for_each} path={here} shown={['attribute', 'groups_starting_with']}/>}
        </div>
    );
}
