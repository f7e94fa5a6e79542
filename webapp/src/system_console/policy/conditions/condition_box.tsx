import {useEffect, useRef} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {UnfitPart} from '../../widgets/unfit_part';
import {useElementId} from '../../widgets/use_element_id';
import type {PolicyDocument} from '../policy_document';

import {ComparisonBox} from './comparison_box';
import {ConditionGroup} from './condition_group';
import {keysOfValue, newComparison, shownOf, type ShownCondition} from './condition_part';
import {useEditor} from '../editor_context';
import {FaultsAt} from '../faults_at';
import {OtherKeyFaults} from '../other_key_faults';
import {GroupName} from '../groups/group_name';
import {GroupSelect} from '../groups/group_select';
import {RemoveCondition} from './remove_condition';

interface Props {
    when: unknown;
    path: string;

    /** How deep the condition is nested; the outermost is 1. */
    depth: number;

    /** It has just been added: its first control takes the focus. */
    isFresh?: boolean;
    onChange(when: unknown): void;

    /** Only conditions within a group can be taken out. */
    onRemove?(): void;
}

/** One condition of a rule, of any kind. */
export function ConditionBox({when, path, depth, isFresh = false, onChange, onRemove}: Props) {
    const id = useElementId();
    const {faults} = useEditor();
    const box = useRef<HTMLDivElement>(null);
    useEffect(() => {
        if (isFresh) {
            box.current?.querySelector<HTMLElement>('input, select')?.focus();
        }
    }, [isFresh]);
    const shown = shownOf(when);
    return (
        <div ref={box}>
            {shown.kind === 'group' && <ConditionGroup group={when as PolicyDocument} Part={ConditionBox} joint={shown.joint} parts={shown.parts} {...{path, depth, onChange, onRemove}}/>}
            {shown.kind === 'comparison' && <ComparisonBox comparison={shown.comparison} {...{path, onChange, onRemove}}/>}
            {shown.kind === 'member_of' && <MemberBox group={shown.group} {...{path, onRemove}} onChoose={(chosen) => onChange({...(when as PolicyDocument), member_of: chosen})}/>}
            {shown.kind === 'other' && <OtherBox {...{path, onRemove}}/>}
            {shown.kind !== 'group' && <FaultsAt faults={faults} path={path} id={`${id}-faults`}/>}
            {shown.kind !== 'other' && <OtherKeyFaults part={when as PolicyDocument} path={path} shown={keysOf(shown)}/>}
            {shown.kind !== 'group' && depth === 1 && <AddToOne when={when} onChange={onChange}/>}
        </div>
    );
}

/** The keys of a condition that have controls. */
function keysOf(shown: ShownCondition): string[] {
    switch (shown.kind) {
    case 'group':
        return [shown.joint];
    case 'comparison':
        return ['attribute', 'operator', ...keysOfValue(shown.comparison)];
    default:
        return [shown.kind];
    }
}

/** A rule of one condition becomes one of several. */
function AddToOne({when, onChange}: Pick<Props, 'when' | 'onChange'>) {
    const {isDisabled} = useEditor();
    return (
        <button type='button' className='btn btn-tertiary btn-sm' disabled={isDisabled} onClick={() => onChange({all: [when, newComparison]})}>
            <FormattedMessage id='entrasync.users.rule_add_condition'/>
        </button>
    );
}

function MemberBox({group, path, onChoose, onRemove}: {group: string; onChoose(id: string): void} & Pick<Props, 'path' | 'onRemove'>) {
    const intl = useIntl();
    const id = useElementId();
    const {faults} = useEditor();
    return (
        <div className='EntraSync__comparison' role='group' aria-labelledby={`${id}-label`}>
            <div className='EntraSync__field'>
                <p id={`${id}-label`} className='EntraSync__label'><FormattedMessage id='entrasync.users.rule_member_of'/></p>
                {group !== '' && <GroupName id={group}/>}
                <GroupSelect
                    label={intl.formatMessage({id: group === '' ? 'entrasync.users.rule_choose_group' : 'entrasync.users.rule_other_group'})}
                    onChoose={onChoose}
                />
                <FaultsAt faults={faults} path={`${path}.member_of`} id={`${id}-faults`} form={intl.formatMessage({id: 'entrasync.users.form_group'})}/>
            </div>
            {onRemove && <RemoveCondition onRemove={onRemove}/>}
        </div>
    );
}

function OtherBox({path, onRemove}: Pick<Props, 'path' | 'onRemove'>) {
    return (
        <>
            <UnfitPart path={path}/>
            {onRemove && <RemoveCondition onRemove={onRemove}/>}
        </>
    );
}
