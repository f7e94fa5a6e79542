import {useLayoutEffect, useRef, useState, type ReactNode} from 'react';
import {FormattedMessage} from 'react-intl';

import {Fold} from '../widgets/fold';

import {SectionSummary, type SectionName} from './section_summary';
import type {SettingProps} from '../policy/settings/settings';

interface Props extends SettingProps {
    name: SectionName;

    /** What a user must see before anything is opened. Open, the section shows it at its control. */
    notice?: ReactNode;
    children: ReactNode;
}

/** A control with an error, or a part that no control can show. */
const faulty = '[aria-invalid="true"], .EntraSync__unfit';

/** Settings that belong together, with a sentence about what they are for. Folded, it says what is set. With an error in it, it is open. */
export function Section({name, notice, children, ...settings}: Props) {
    const [isOpen, setIsOpen] = useState(false);
    const section = useRef<HTMLElement>(null);
    useLayoutEffect(() => {
        if (!isOpen && section.current?.querySelector(faulty)) {
            setIsOpen(true);
        }
    }, [isOpen, settings.document, settings.faults]);
    return (
        <section className='EntraSync__rulesSection' ref={section}>
            <Fold
                level={3}
                title={<FormattedMessage id={`entrasync.lifecycle.${name}_title`}/>}
                summary={<SectionSummary name={name} {...settings}/>}
                isOpen={isOpen}
                onToggle={() => setIsOpen(!isOpen)}
            >
                <p className='help-text'><FormattedMessage id={`entrasync.lifecycle.${name}_intro`}/></p>
                {children}
            </Fold>
            {!isOpen && notice}
        </section>
    );
}
