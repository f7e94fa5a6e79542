import type {ReactNode} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {useEditor} from '../editor_context';
import {countWithin} from '../faults_at';
import {Icon} from '../../widgets/icon';
import {OrderButtons} from '../../widgets/order_buttons';
import {Tag} from '../../widgets/tag';
import {useElementId} from '../../widgets/use_element_id';

import type {RuleCardProps} from './rule_list';

interface Props extends Omit<RuleCardProps, 'rule' | 'onChange'> {

    /** The name of the rule; '' for one without. */
    name: string;

    /** In a word or two, what the rule does. */
    tags: ReactNode;

    /** The same in a sentence. */
    words: ReactNode;

    /** The parts of the rule, drawn only while it is open. */
    children: ReactNode;
}

/** One rule: a line that says what it does, and below it, once opened, its parts. */
export function RuleFrame({name: ownName, tags, words, children, anchor, path, number, total, isOpen, onToggle, onMove, onRemove}: Props) {
    const intl = useIntl();
    const id = useElementId();
    const {faults, isDisabled} = useEditor();
    const name = ownName || intl.formatMessage({id: 'entrasync.users.rule_unnamed'}, {number});
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
                {tags}
                {faultCount > 0 && <Tag kind='danger'><FormattedMessage id='entrasync.users.rule_faults' values={{count: faultCount}}/></Tag>}
                <div className='EntraSync__actions'>
                    <OrderButtons name={name} index={number - 1} count={total} isDisabled={isDisabled} onMove={onMove}/>
                    <button type='button' className='btn btn-tertiary btn-sm' disabled={isDisabled} aria-label={intl.formatMessage({id: 'entrasync.list.remove_item'}, {name})} onClick={onRemove}>
                        <FormattedMessage id='entrasync.list.remove'/>
                    </button>
                </div>
            </div>
            {words && <p className='EntraSync__ruleWords'><bdi>{words}</bdi></p>}
            {isOpen && <div id={`${id}-body`} className='EntraSync__ruleBody'>{children}</div>}
        </li>
    );
}
