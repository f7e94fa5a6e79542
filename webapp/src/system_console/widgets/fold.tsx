import type {ReactNode} from 'react';

import './fold.css';
import {Icon} from './icon';
import {useElementId} from './use_element_id';

interface Props {

    /** The level of the heading. */
    level: 2 | 3 | 4;
    title: ReactNode;

    /** What is in it, in a few words, while it is folded. */
    summary?: ReactNode;
    isOpen: boolean;
    onToggle(): void;
    children: ReactNode;
}

/** A heading that shows or hides what is below it. Hidden controls keep what was typed into them. */
export function Fold({level, title, summary, isOpen, onToggle, children}: Props) {
    const id = useElementId();
    const Heading = `h${level}` as const;
    return (
        <div className='EntraSync__fold'>
            <div className='EntraSync__foldTop'>
                <Heading className='EntraSync__foldHead'>
                    <button
                        type='button'
                        className='EntraSync__foldButton'
                        aria-expanded={isOpen}
                        aria-controls={`${id}-body`}
                        aria-describedby={!isOpen && summary ? `${id}-summary` : undefined}
                        onClick={onToggle}
                    >
                        <Icon name={isOpen ? 'open' : 'closed'} size={20}/>
                        <span className='EntraSync__foldTitle'>{title}</span>
                    </button>
                </Heading>
                {!isOpen && summary && <p id={`${id}-summary`} className='EntraSync__foldSummary'>{summary}</p>}
            </div>
            <div id={`${id}-body`} className='EntraSync__foldBody' hidden={!isOpen}>{children}</div>
        </div>
    );
}
