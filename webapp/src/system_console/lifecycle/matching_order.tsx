import {useRef} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {isLinkFirst, matchKeys, type MatchKey} from '../../sync/policy/accounts';
import {moved, OrderButtons} from '../widgets/order_buttons';
import {Tag} from '../widgets/tag';
import {UnfitPart} from '../widgets/unfit_part';
import {useElementId} from '../widgets/use_element_id';

import {settingAt, type SettingProps} from '../policy/settings/settings';

const path = ['accounts', 'matching'];

/** How the account of a user is found, in which order. A link always comes first. */
export function MatchingOrder(props: SettingProps) {
    const intl = useIntl();
    const id = useElementId();
    const after = useRef<HTMLDivElement>(null);
    const {isDisabled} = props;
    const {faultPath, value, isDefault, set, reset} = settingAt(props, path);
    const title = <p id={id} className='EntraSync__label'><FormattedMessage id='entrasync.lifecycle.matching'/></p>;
    if (!isOrder(value)) {
        return <div className='EntraSync__setting'>{title}<UnfitPart path={faultPath} isDisabled={isDisabled} onReset={reset}/></div>;
    }
    const nameOfKey = (key: MatchKey) => intl.formatMessage({id: `entrasync.lifecycle.match_${key}`});
    const remove = (index: number) => {
        set(value.filter((_, other) => other !== index));
        // The focus stays in the row, where the next key moves up; behind the last one are the buttons to add a key.
        if (index === value.length - 1) {
            after.current?.focus();
        }
    };
    const add = (key: MatchKey) => {
        set([...value, key]);
        after.current?.focus();
    };
    return (
        <fieldset className='EntraSync__setting EntraSync__matching' aria-labelledby={id} aria-describedby={`${id}-help`} disabled={isDisabled}>
            {title}
            <p id={`${id}-help`} className='help-text'><FormattedMessage id='entrasync.lifecycle.matching_help'/></p>
            <ol>
                {value.map((key, index) => (
                    <li key={index}>
                        <MatchRow
                            matchKey={key}
                            index={index}
                            count={value.length}
                            isDisabled={isDisabled}
                            onMove={(to) => set(moved(value, index, to))}
                            onRemove={() => remove(index)}
                        />
                    </li>
                ))}
            </ol>
            <div className='EntraSync__actions' ref={after} tabIndex={-1}>
                {matchKeys.filter((key) => !value.includes(key)).map((key) => (
                    <button key={key} type='button' className='btn btn-tertiary btn-sm' onClick={() => add(key)}>
                        <FormattedMessage id='entrasync.lifecycle.match_add' values={{name: nameOfKey(key)}}/>
                    </button>
                ))}
                {isDefault ? <small className='EntraSync__quiet'><FormattedMessage id='entrasync.setting.default'/></small> : (
                    <button type='button' className='btn btn-link btn-sm' onClick={reset}><FormattedMessage id='entrasync.setting.reset_order'/></button>
                )}
            </div>
        </fieldset>
    );
}

interface RowProps {
    matchKey: MatchKey;
    index: number;
    count: number;
    isDisabled: boolean;
    onMove(to: number): void;
    onRemove(): void;
}

function MatchRow({matchKey, index, count, isDisabled, onMove, onRemove}: RowProps) {
    const intl = useIntl();
    const name = intl.formatMessage({id: `entrasync.lifecycle.match_${matchKey}`});
    return (
        <div className='EntraSync__entry'>
            <span className='EntraSync__matchName'>
                <span className='EntraSync__name'>{name}</span>
                <small className='EntraSync__quiet EntraSync__rule'><FormattedMessage id={`entrasync.lifecycle.match_${matchKey}_help`}/></small>
            </span>
            {matchKey === 'link' ? <Tag kind='neutral'><FormattedMessage id='entrasync.lifecycle.match_first'/></Tag> : (
                <>
                    <OrderButtons name={name} index={index} first={1} count={count} isDisabled={isDisabled} onMove={onMove}/>
                    <button type='button' className='btn btn-tertiary btn-sm' aria-label={intl.formatMessage({id: 'entrasync.list.remove_item'}, {name})} onClick={onRemove}>
                        <FormattedMessage id='entrasync.list.remove'/>
                    </button>
                </>
            )}
        </div>
    );
}

/** Known keys, each once, with the link at the beginning: anything else no form can show. */
export function isOrder(value: unknown): value is MatchKey[] {
    return Array.isArray(value) && value.every((key) => matchKeys.includes(key as MatchKey)) && isLinkFirst(value) && new Set(value).size === value.length;
}
