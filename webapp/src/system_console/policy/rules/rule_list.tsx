import {useEffect, useRef, useState, type ComponentType, type ReactNode} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {useKeys} from '../conditions/use_keys';
import {useEditor} from '../editor_context';
import {FaultsAt} from '../faults_at';
import {isObject} from '../policy_document';
import {moved} from '../../widgets/order_buttons';
import {useElementId} from '../../widgets/use_element_id';

import './rules.css';

/** What the card of a rule takes. */
export interface RuleCardProps {
    rule: unknown;

    /** By which the list finds the card. */
    anchor: string;
    path: string;

    /** Counts from 1. */
    number: number;
    total: number;
    isOpen: boolean;
    onToggle(): void;
    onChange(rule: unknown): void;

    /** To a place that counts from 0. */
    onMove(to: number): void;
    onRemove(): void;
}

/** Where the focus goes once the list has changed: a control of the rule with this key, or the button for a new rule. */
interface Wanted {
    key: number | null;
    control: 'name' | 'toggle';
}

interface Props {
    rules: unknown[];
    path: string;
    help: ReactNode;

    /** Of the list; the rules if it is left out. */
    title?: ReactNode;

    /** On the button that adds a rule. */
    addLabel?: ReactNode;
    Card: ComponentType<RuleCardProps>;

    /** A rule that is added; its name says which it is. */
    newRule(name: string): unknown;

    /** What is said of the list once a rule was removed, if more than that. */
    removedHelp?: ReactNode;
    onChange(rules: unknown[]): void;
}

/** Rules in their order, which can be added, moved, and removed. */
export function RuleList({rules, path, help, title = <FormattedMessage id='entrasync.users.rule_title'/>, addLabel = <FormattedMessage id='entrasync.users.rule_add'/>, Card, newRule, removedHelp, onChange}: Props) {
    const intl = useIntl();
    const titleId = useElementId();
    const {keys, add, remove, move} = useKeys(rules.length);
    const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
    const [said, setSaid] = useState('');
    const [hasRemoved, setHasRemoved] = useState(false);
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
        setHasRemoved(true);
        onChange(rules.filter((_, other) => other !== at));
    };
    return (
        <section className='EntraSync__scopeList' aria-labelledby={titleId} ref={list}>
            <Head titleId={titleId} path={path} title={title} help={help}/>
            <ol className='EntraSync__rules'>
                {keys.length === rules.length && rules.map((rule, at) => (
                    <Card
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
            {hasRemoved && removedHelp}
            <AddButton label={addLabel} onAdd={addRule}/>
            <p className='sr-only' role='status'>{said}</p>
        </section>
    );
}

function Head({titleId, path, title, help}: {titleId: string} & Pick<Props, 'path' | 'title' | 'help'>) {
    const {faults} = useEditor();
    return (
        <>
            <h3 id={titleId} className='EntraSync__subtitle'>{title}</h3>
            <p className='help-text'>{help}</p>
            <FaultsAt faults={faults} path={path} id={`${titleId}-faults`}/>
        </>
    );
}

function AddButton({label, onAdd}: {label: ReactNode; onAdd(): void}) {
    const {isDisabled} = useEditor();
    return (
        <button type='button' className='btn btn-tertiary' data-control='add' disabled={isDisabled} onClick={onAdd}>
            {label}
        </button>
    );
}

function focusOn(list: HTMLElement | null, {key, control}: Wanted): void {
    const card = list?.querySelector(`[data-rule='${key}']`);
    const target = card?.querySelector<HTMLElement>(`[data-control=${control}]`) ?? list?.querySelector<HTMLElement>('[data-control=add]');
    target?.focus();
}

function nameOf(rule: unknown): string {
    return isObject(rule) && typeof rule.name === 'string' ? rule.name : '';
}
