import {useState, type ReactNode} from 'react';

import './effect_list.css';
import {Fold} from './fold';

interface Props {
    title: string;
    isOpenAtFirst?: boolean;
    children: ReactNode;
}

/** A list of users that can be long. It is drawn only while it is open. */
export function EffectList({title, isOpenAtFirst = false, children}: Props) {
    const [chosen, setChosen] = useState<boolean | null>(null);
    const isOpen = chosen ?? isOpenAtFirst;
    return (
        <div className='EntraSync__moved'>
            <Fold level={4} title={title} isOpen={isOpen} onToggle={() => setChosen(!isOpen)}>{isOpen && children}</Fold>
        </div>
    );
}
