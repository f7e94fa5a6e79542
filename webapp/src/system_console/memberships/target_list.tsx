import {useEffect, useRef} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {useKeys} from '../policy/conditions/use_keys';
import {useEditor} from '../policy/editor_context';
import {FaultsAt} from '../policy/faults_at';
import {UnfitPart} from '../widgets/unfit_part';
import {useElementId} from '../widgets/use_element_id';

import {forEachOf, joinsOf, newJoin, type LooseRule} from './rule_part';
import {TargetBox} from './target_box';
import {useValues} from './use_values';

interface Props {
    rule: LooseRule;
    path: string;
    onChange(rule: LooseRule): void;
}

/** The teams and channels of a rule. */
export function TargetList({rule, path, onChange}: Props) {
    const intl = useIntl();
    const id = useElementId();
    const {faults, isDisabled} = useEditor();
    const joins = joinsOf(rule);
    const {keys, add, remove} = useKeys(joins?.length ?? 0);
    const list = useRef<HTMLDivElement>(null);
    const wanted = useRef<'last' | 'add' | null>(null);
    const forEach = forEachOf(rule);
    const known = useValues(forEach);
    const values = forEach.kind === 'none' ? null : known.length > 0 ? known : [intl.formatMessage({id: 'entrasync.memberships.example_value'})];
    useEffect(() => {
        if (wanted.current) {
            const control = wanted.current === 'add' ? '[data-control=add-target]' : '.EntraSync__target:last-child select';
            list.current?.querySelector<HTMLElement>(control)?.focus();
            wanted.current = null;
        }
    });
    if (!joins) {
        return <UnfitPart path={`${path}.join`} isDisabled={isDisabled} onReset={() => onChange({...rule, join: [newJoin(values !== null)]})}/>;
    }
    const set = (changed: unknown[], focus: 'last' | 'add' | null = null) => {
        wanted.current = focus;
        onChange({...rule, join: changed});
    };
    return (
        <div className='EntraSync__rulePart' ref={list}>
            <p className='EntraSync__label'><FormattedMessage id='entrasync.memberships.targets'/></p>
            <FaultsAt faults={faults} path={`${path}.join`} id={`${id}-faults`} length={intl.formatMessage({id: 'entrasync.memberships.targets_missing'})}/>
            <ul className='EntraSync__targets'>
                {keys.length === joins.length && joins.map((join, at) => (
                    <TargetBox
                        key={keys[at]}
                        join={join}
                        path={`${path}.join[${at}]`}
                        number={at + 1}
                        values={values}
                        onChange={(changed) => set(joins.map((old, other) => (other === at ? changed : old)))}
                        onRemove={joins.length === 1 ? null : () => {
                            remove(at);
                            set(joins.filter((_, other) => other !== at), 'add');
                        }}
                    />
                ))}
            </ul>
            <button
                type='button'
                className='btn btn-tertiary btn-sm'
                data-control='add-target'
                disabled={isDisabled}
                onClick={() => {
                    add(joins.length);
                    set([...joins, newJoin(values !== null)], 'last');
                }}
            >
                <FormattedMessage id='entrasync.memberships.target_add'/>
            </button>
        </div>
    );
}
