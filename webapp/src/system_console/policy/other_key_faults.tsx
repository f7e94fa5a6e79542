import type {PolicyDocument} from './policy_document';

import {useEditor} from './editor_context';
import {FaultsAt} from './faults_at';

interface Props {
    part: PolicyDocument;
    path: string;

    /** The keys that have a control of their own. */
    shown: readonly string[];
}

/** What is wrong with keys of a part that the form has no control for, such as a misspelt one. */
export function OtherKeyFaults({part, path, shown}: Props) {
    const {faults} = useEditor();
    const others = Object.keys(part).filter((key) => !shown.includes(key)).map((key) => `${path}.${key}`);
    return <>{others.map((other) => <FaultsAt key={other} faults={faults} path={other} id={other}/>)}</>;
}
