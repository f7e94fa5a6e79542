import {useIntl, type IntlShape} from 'react-intl';

import {wordsOf} from '../../i18n/fault_words';
import type {Fault} from '../../sync/errors';
import '../widgets/lists.css';
import {isWithin} from './fault_places';

/** The faults of a policy by where they are. */
export type FaultMap = ReadonlyMap<string, readonly Fault[]>;

export function faultMapOf(faults: readonly Fault[]): FaultMap {
    const map = new Map<string, Fault[]>();
    faults.forEach((fault) => map.set(fault.path ?? '', [...map.get(fault.path ?? '') ?? [], fault]));
    return map;
}

/** How many faults a part has, those deeper within it included. */
export function countWithin(faults: FaultMap, path: string): number {
    return [...faults].reduce((count, [at, those]) => (isWithin(at, path) ? count + those.length : count), 0);
}

interface Props {
    faults: FaultMap;
    path: string;

    /** For `aria-describedby` of the control. */
    id: string;

    /** What to say of a text in the wrong form, where the validator has words in English only. */
    form?: string;

    /** What to say of a value that is empty or too long. */
    length?: string;
}

/** What is wrong with one control, right below it. Its element is always there, so that a control knows which faults are its own (useShownFaults). */
export function FaultsAt({faults, path, id, form, length}: Props) {
    const here = faults.get(path) ?? [];
    return (
        <div id={id} className='EntraSync__fault' data-faults={path} hidden={here.length === 0}>
            <FaultTexts faults={here} form={form} length={length}/>
        </div>
    );
}

/** The faults of one control in words. */
export function FaultTexts({faults, form, length}: {faults: readonly Fault[]; form?: string | undefined; length?: string | undefined}) {
    const intl = useIntl();
    return <>{faults.map((fault, at) => <p key={at}>{faultText(intl, fault, form, length)}</p>)}</>;
}

/** The place is seen, so it is not said again. */
function faultText(intl: IntlShape, fault: Fault, form?: string, length?: string): string {
    const {problem, position, detail = ''} = fault.params ?? {};
    if (position !== undefined) {
        return intl.formatMessage({id: 'entrasync.users.fault_pattern'}, {position, detail: String(detail).replace(/^.*?: /, '')});
    }
    switch (problem) {
    case 'length':
        return length ?? intl.formatMessage({id: 'entrasync.users.fault_length'});
    case 'choice':
        return intl.formatMessage({id: 'entrasync.users.fault_choice'});
    case undefined:
        return form ?? wordsOf(intl, fault).message;
    default:
        return wordsOf(intl, fault).message;
    }
}
