import {useEffect, useRef, useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {moved} from '../../widgets/order_buttons';
import {useElementId} from '../../widgets/use_element_id';

import {useEditor} from '../editor_context';
import {FaultsAt} from '../faults_at';
import {newRule} from './condition_part';
import {RuleCard} from './rule_card';
import {isShowableRule} from '../scope_part';
import {useKeys} from './use_keys';

const path = 'Policy.scope.rules';

/** Where the focus goes once the list has changed: a control of the rule with this key, or the button for a new rule. */
interface Wanted {
    key: number | null;
    control: 'name' | 'toggle';
}

interface Props {
    rules: unknown[];
    onChange(rules: unknown[]): void;
}

/** The rules in the order in which they are asked. */
export function RuleList({rules, onChange}: Props) {
    const intl = useIntl();
    const titleId = useElementId();
    const {keys, add, remove, move} = useKeys(rules.length);
    const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
    const [said, setSaid] = useState('');
    const list = useRef<HTMLElement>(null);
    const wanted = useRef<Wanted | null>(null);

    useEffect(() => {
        if (wanted.current) {
            focusOn(list.current, wanted.current);
            wanted.current = null;
        }
    });

    const toggle = (key: number) => setOpen((old) => new Set(old.has(key) ? [...old].filter((other) => other !== key) : [...old, key]));
    const addRule = () => {
        const key = add(rules.length);
        setOpen(new Set([...open, key]));
        wanted.current = {key, control: 'name'};
        onChange([...rules, newRule(intl.formatMessage({id: 'entrasync.users.rule_new_name'}, {number: rules.length + 1}))]);
    };
    const moveRule = (from: number, to: number) => {
        move(from, to);
        setSaid(intl.formatMessage({id: 'entrasync.users.rule_moved'}, {name: nameOf(rules[from]), number: to + 1, total: rules.length}));
        onChange(moved(rules, from, to));
    };
    const removeRule = (at: number) => {
        remove(at);
        wanted.current = {key: keys[at + 1] ?? keys[at - 1] ?? null, control: 'toggle'};
        setSaid(intl.formatMessage({id: 'entrasync.users.rule_removed'}, {name: nameOf(rules[at])}));
        onChange(rules.filter((_, other) => other !== at));
    };
    return (
        <section className='EntraSync__scopeList' aria-labelledby={titleId} ref={list}>
            <Head titleId={titleId}/>
            <ol className='EntraSync__rules'>
                {keys.length === rules.length && rules.map((rule, at) => (
                    <RuleCard
                        key={keys[at]}
                        anchor={String(keys[at])}
                        rule={rule}
                        path={`${path}[${at}]`}
                        number={at + 1}
                        total={rules.length}
                        isOpen={open.has(keys[at]!)}
                        onToggle={() => toggle(keys[at]!)}
                        onChange={(changed) => onChange(rules.map((old, other) => (other === at ? changed : old)))}
                        onMove={(to) => moveRule(at, to)}
                        onRemove={() => removeRule(at)}
                    />
                ))}
            </ol>
            <AddButton onAdd={addRule}/>
            <p className='sr-only' role='status'>{said}</p>
        </section>
    );
}

function Head({titleId}: {titleId: string}) {
    const {faults} = useEditor();
    return (
        <>
            <h3 id={titleId} className='EntraSync__subtitle'><FormattedMessage id='entrasync.users.rule_title'/></h3>
            <p className='help-text'><FormattedMessage id='entrasync.users.rule_help'/></p>
            <FaultsAt faults={faults} path={path} id={`${titleId}-faults`}/>
        </>
    );
}

function AddButton({onAdd}: {onAdd(): void}) {
    const {isDisabled} = useEditor();
    return (
        <button type='button' className='btn btn-tertiary' data-control='add' disabled={isDisabled} onClick={onAdd}>
            <FormattedMessage id='entrasync.users.rule_add'/>
        </button>
    );
}

function focusOn(list: HTMLElement | null, {key, control}: Wanted): void {
    const card = list?.querySelector(`[data-rule='${key}']`);
    const target = card?.querySelector<HTMLElement>(`[data-control=${control}]`) ?? list?.querySelector<HTMLElement>('[data-control=add]');
    target?.focus();
}

function nameOf(rule: unknown): string {
    return isShowableRule(rule) ? String(rule.name ?? '') : '';
}
