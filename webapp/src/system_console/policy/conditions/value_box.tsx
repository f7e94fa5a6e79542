import {useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';
import {useSelector} from 'react-redux';

import {askLive} from '../../../live/ask';
import {dataRevision} from '../../../store/selectors';

import {ignoreEnter} from '../../widgets/ignore_enter';

import type {LooseComparison} from './condition_part';
import {useEditor} from '../editor_context';
import {countWithin, FaultsAt} from '../faults_at';
import {linesOf} from '../../widgets/lines';
import {useAnswer} from '../../widgets/use_answer';
import {useElementId} from '../../widgets/use_element_id';

const NONE: readonly string[] = [];

interface Props {
    comparison: LooseComparison;
    path: string;
    onChange(comparison: LooseComparison): void;
}

/** What an attribute is compared with: a text, or for “is one of” several, one a line. */
export function ValueBox(props: Props) {
    return props.comparison.operator === 'one_of' ? <ValuesBox {...props}/> : <TextBox {...props}/>;
}

function TextBox({comparison, path, onChange}: Props) {
    const intl = useIntl();
    const id = useElementId();
    const {faults, isDisabled} = useEditor();
    const [isVisited, setIsVisited] = useState(false);
    const isPattern = comparison.operator === 'matches';
    const suggested = useCommonValues(comparison.attribute ?? '', isVisited && !isPattern);
    return (
        <div className='EntraSync__field'>
            <label htmlFor={id}><FormattedMessage id={isPattern ? 'entrasync.users.rule_pattern' : 'entrasync.users.rule_value'}/></label>
            <input
                id={id}
                type='text'
                className={isPattern ? 'form-control EntraSync__text' : 'form-control'}
                dir={isPattern ? 'ltr' : 'auto'}
                list={`${id}-values`}
                autoComplete='off'
                onFocus={() => setIsVisited(true)}
                disabled={isDisabled}
                spellCheck={false}
                placeholder={isPattern ? intl.formatMessage({id: 'entrasync.users.rule_pattern_example'}) : undefined}
                value={String(comparison.value ?? '')}
                aria-invalid={faults.has(`${path}.value`)}
                aria-describedby={`${id}-faults`}
                onChange={(event) => onChange({...comparison, value: event.target.value})}
                onKeyDown={ignoreEnter}
            />
            <datalist id={`${id}-values`}>{suggested.map((value) => <option key={value} value={value}/>)}</datalist>
            <FaultsAt faults={faults} path={`${path}.value`} id={`${id}-faults`}/>
        </div>
    );
}

/** Values that directory users have in `attribute`, as suggestions, once they are wanted; none if they cannot be read. */
function useCommonValues(attribute: string, isWanted: boolean): readonly string[] {
    const revision = useSelector(dataRevision);
    const {answer, fault} = useAnswer({
        queryKey: ['common_values', attribute, isWanted, revision],
        queryFn: async () => (isWanted ? askLive('common_values', {attribute, revision}) : NONE),
    });
    return fault ? NONE : answer ?? NONE;
}

function ValuesBox({comparison, path, onChange}: Props) {
    const id = useElementId();
    const {faults, isDisabled} = useEditor();
    const values = comparison.values ?? [];
    const [typed, setTyped] = useState(values.join('\n'));
    const wrong = values.findIndex((_, at) => faults.has(`${path}.values[${at}]`));
    const isTyped = linesOf(typed).join('\n') === values.join('\n');
    return (
        <div className='EntraSync__field'>
            <label htmlFor={id}><FormattedMessage id='entrasync.users.rule_values'/></label>
            <textarea
                id={id}
                className='form-control'
                rows={3}
                dir='auto'
                disabled={isDisabled}
                value={isTyped ? typed : values.join('\n')}
                aria-invalid={countWithin(faults, `${path}.values`) > 0}
                aria-describedby={`${id}-faults`}
                onChange={(event) => {
                    setTyped(event.target.value);
                    onChange({...comparison, values: linesOf(event.target.value)});
                }}
            />
            <div id={`${id}-faults`}>
                <FaultsAt faults={faults} path={`${path}.values`} id={`${id}-list-faults`}/>
                {wrong >= 0 && <FaultsAt faults={faults} path={`${path}.values[${wrong}]`} id={`${id}-value-faults`}/>}
            </div>
        </div>
    );
}
