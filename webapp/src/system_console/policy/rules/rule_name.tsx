import {FormattedMessage} from 'react-intl';

import {useEditor} from '../editor_context';
import {FaultsAt} from '../faults_at';
import {ignoreEnter} from '../../widgets/ignore_enter';
import {useElementId} from '../../widgets/use_element_id';

/** The name of a rule, which has the focus once the rule was added. */
export function RuleName({name, path, onChange}: {name: string; path: string; onChange(name: string): void}) {
    const id = useElementId();
    const {faults, isDisabled} = useEditor();
    return (
        <div className='EntraSync__field'>
            <label htmlFor={id}><FormattedMessage id='entrasync.users.rule_name'/></label>
            <input
                id={id}
                type='text'
                className='form-control'
                dir='auto'
                data-control='name'
                disabled={isDisabled}
                value={name}
                aria-invalid={faults.has(`${path}.name`)}
                aria-describedby={`${id}-faults`}
                onChange={(event) => onChange(event.target.value)}
                onKeyDown={ignoreEnter}
            />
            <FaultsAt faults={faults} path={`${path}.name`} id={`${id}-faults`}/>
        </div>
    );
}
