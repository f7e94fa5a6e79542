import type {ReactNode} from 'react';
import {FormattedMessage} from 'react-intl';

import {useElementId} from '../widgets/use_element_id';

interface Props {
    name: 'sign_in' | 'matching' | 'lifecycle' | 'leavers' | 'guard' | 'limits';
    children: ReactNode;
}

/** Settings that belong together, with a sentence about what they are for. */
export function Section({name, children}: Props) {
    const id = useElementId();
    return (
        <section className='EntraSync__rulesSection' aria-labelledby={id}>
            <h3 id={id}><FormattedMessage id={`entrasync.lifecycle.${name}_title`}/></h3>
            <p className='help-text'><FormattedMessage id={`entrasync.lifecycle.${name}_intro`}/></p>
            {children}
        </section>
    );
}
