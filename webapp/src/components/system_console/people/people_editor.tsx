import {FormattedMessage} from 'react-intl';

import {Notice} from '../common/notice';
import {Switch} from '../common/switch';
import type {EditorProps} from '../policy/editors';
import {partOf, withPart} from '../policy/policy_document';

import {AllowList} from './allow_list';

const everyonePath = ['scope', 'everyone'];
const guestsPath = ['scope', 'guests'];
const namesPath = ['scope', 'allow', 'display_name_contains'];

/** Who is synced. */
export default function PeopleEditor({document, faults, isDisabled, onChange}: EditorProps) {
    const everyone = partOf(document, everyonePath) === true;
    const names = (partOf(document, namesPath) ?? []) as string[];
    const set = (path: string[]) => (value: unknown) => onChange(withPart(document, path, value));
    return (
        <>
            <Switch
                label={<FormattedMessage id='entrasync.policy.everyone'/>}
                isOn={everyone}
                isDisabled={isDisabled}
                onChange={set(everyonePath)}
            />
            {everyone ? (
                <Notice kind='warning' title={<FormattedMessage id='entrasync.policy.everyone_warning'/>}>
                    <p><FormattedMessage id='entrasync.policy.everyone_hint'/></p>
                </Notice>
            ) : (
                <AllowList names={names} faults={faults} isDisabled={isDisabled} onChange={set(namesPath)}/>
            )}
            <Switch
                label={<FormattedMessage id='entrasync.policy.guests'/>}
                isOn={partOf(document, guestsPath) === true}
                isDisabled={isDisabled}
                onChange={set(guestsPath)}
            />
        </>
    );
}
