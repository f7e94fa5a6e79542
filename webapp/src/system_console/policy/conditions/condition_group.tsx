import {useRef, useState, type ComponentType, type RefObject} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {useElementId} from '../../widgets/use_element_id';
import type {PolicyDocument} from '../policy_document';

import {deepest, newComparison, otherJoint, withJoint, type Joint} from './condition_part';
import {useEditor} from '../editor_context';
import {FaultsAt} from '../faults_at';
import {RemoveCondition} from './remove_condition';
import {useKeys} from './use_keys';

/** The editor of a part, which may be a group itself. */
type PartBox = ComponentType<{
    when: unknown;
    path: string;
    depth: number;
    isFresh: boolean;
    onChange(when: unknown): void;
    onRemove(): void;
}>;

interface Props {
    group: PolicyDocument;
    joint: Joint;
    parts: unknown[];
    path: string;
    depth: number;
    Part: PartBox;
    onChange(when: unknown): void;
    onRemove?: (() => void) | undefined;
}

/** Conditions side by side: all must hold, or at least one. */
export function ConditionGroup({group, joint, parts, path, depth, Part, onChange, onRemove}: Props) {
    const intl = useIntl();
    const id = useElementId();
    const {faults, isDisabled} = useEditor();
    const {keys, add, remove} = useKeys(parts.length);
    const [fresh, setFresh] = useState<number | null>(null);
    const adder = useRef<HTMLButtonElement>(null);
    const withParts = (changed: unknown[]) => onChange({...group, [joint]: changed});
    const addPart = (part: unknown) => {
        setFresh(add(parts.length));
        withParts([...parts, part]);
    };
    const removePart = (at: number) => {
        // A group within another goes with its last condition.
        if (parts.length === 1 && onRemove) {
            onRemove();
            return;
        }
        remove(at);
        withParts(parts.filter((_, other) => other !== at));
        adder.current?.focus();
    };
    return (
        <div className='EntraSync__conditions' role='group' aria-label={intl.formatMessage({id: 'entrasync.users.rule_conditions'})}>
            <div className='EntraSync__entry'>
                <select
                    className='form-control'
                    aria-label={intl.formatMessage({id: 'entrasync.users.rule_joint'})}
                    disabled={isDisabled}
                    value={joint}
                    onChange={(event) => onChange(withJoint(group, event.target.value as Joint))}
                >
                    <option value='all'>{intl.formatMessage({id: 'entrasync.users.rule_all'})}</option>
                    <option value='any'>{intl.formatMessage({id: 'entrasync.users.rule_any'})}</option>
                </select>
                {onRemove && <RemoveCondition onRemove={onRemove}/>}
            </div>
            <FaultsAt faults={faults} path={path} id={`${id}-faults`}/>
            <FaultsAt faults={faults} path={`${path}.${joint}`} id={`${id}-list-faults`} form={intl.formatMessage({id: 'entrasync.users.rule_no_conditions'})}/>
            <ul>
                {keys.length === parts.length && parts.map((part, at) => (
                    <li key={keys[at]}>
                        <Part
                            when={part}
                            path={`${path}.${joint}[${at}]`}
                            depth={depth + 1}
                            isFresh={keys[at] === fresh}
                            onChange={(changed) => withParts(parts.map((old, other) => (other === at ? changed : old)))}
                            onRemove={() => removePart(at)}
                        />
                    </li>
                ))}
            </ul>
            <PartButtons joint={joint} depth={depth} adder={adder} onAdd={addPart}/>
        </div>
    );
}

function PartButtons({joint, depth, adder, onAdd}: {joint: Joint; depth: number; adder: RefObject<HTMLButtonElement>; onAdd(part: unknown): void}) {
    const {isDisabled} = useEditor();
    const button = {type: 'button', className: 'btn btn-tertiary btn-sm', disabled: isDisabled} as const;
    return (
        <div className='EntraSync__actions'>
            <button ref={adder} {...button} onClick={() => onAdd(newComparison)}><FormattedMessage id='entrasync.users.rule_add_condition'/></button>
            <button {...button} onClick={() => onAdd({member_of: ''})}><FormattedMessage id='entrasync.users.rule_add_member_of'/></button>
            {depth + 1 < deepest && (
                <button {...button} onClick={() => onAdd({[otherJoint(joint)]: [newComparison]})}><FormattedMessage id='entrasync.users.rule_add_group'/></button>
            )}
        </div>
    );
}
