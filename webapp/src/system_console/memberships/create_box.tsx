import type {PlaceKind} from '../../sync/lists';
import {FormattedMessage, useIntl, type IntlShape} from 'react-intl';

import {displayNameOf, nameFaultOf, nameOf} from '../../sync/memberships/names';
import {VALUE} from '../../sync/policy/memberships';
import {OtherKeyFaults} from '../policy/other_key_faults';
import {withPart, type PolicyDocument} from '../policy/policy_document';

import {Choice} from './choice';
import {TextField} from './text_field';

interface Props {
    kind: PlaceKind;
    create: PolicyDocument;
    path: string;

    /** Values that the rule has a target for, at least one; null for a rule with one target for all. */
    values: readonly string[] | null;
    onChange(create: PolicyDocument): void;
}

/** How a team or channel is created: its names as templates, and who can join it. */
export function CreateBox({kind, create, path, values, onChange}: Props) {
    const intl = useIntl();
    const [name, displayName] = [String(create.name ?? ''), String(create.display_name ?? '')];
    const [value = ''] = values ?? [];
    const complaint = complaintOf(intl, kind, name, values);
    const openKey = kind === 'team' ? 'open' : 'private';
    const isOpen = kind === 'team' ? create.open === true : create.private === false;
    const setOpen = (isWanted: boolean) => onChange(withPart(create, [openKey], isWanted ? kind === 'team' : undefined));
    return (
        <>
            <TextField
                label={<FormattedMessage id='entrasync.memberships.display_name'/>}
                value={displayName}
                path={`${path}.display_name`}
                length={intl.formatMessage({id: 'entrasync.memberships.display_name_length'})}
                help={values && displayName.includes(VALUE) && <Example value={value} name={displayNameOf(displayName, value)}/>}
                onChange={(text) => onChange({...create, display_name: text})}
            />
            <TextField
                label={<FormattedMessage id='entrasync.memberships.url_name'/>}
                value={name}
                path={`${path}.name`}
                isCode={true}
                form={intl.formatMessage({id: 'entrasync.memberships.url_name_form'}, {placeholder: VALUE})}
                length={intl.formatMessage({id: 'entrasync.memberships.url_name_length'})}
                complaint={complaint}
                help={values && !complaint && name.includes(VALUE) && <Example value={value} name={nameOf(name, value)}/>}
                onChange={(text) => onChange({...create, name: text})}
            />
            <Choice
                label={<FormattedMessage id='entrasync.memberships.privacy'/>}
                value={isOpen ? 'open' : 'private'}
                options={(['private', 'open'] as const).map((each) => ({value: each, name: intl.formatMessage({id: `entrasync.memberships.${kind}_${each}`})}))}
                path={`${path}.${openKey}`}
                isSmall={true}
                onChange={(chosen) => setOpen(chosen === 'open')}
            />
            <OtherKeyFaults part={create} path={path} shown={['name', 'display_name', openKey]}/>
        </>
    );
}

function Example({value, name}: {value: string; name: string}) {
    return <bdi><FormattedMessage id='entrasync.memberships.example' values={{value, name}}/></bdi>;
}

/** What Mattermost would not accept of the name for one of the values, or null. */
function complaintOf(intl: IntlShape, kind: PlaceKind, template: string, values: readonly string[] | null): string | null {
    if (template === '') {
        return null;
    }
    for (const value of values ?? ['']) {
        const name = nameOf(template, value);
        const fault = nameFaultOf(kind, name);
        if (fault) {
            const why = intl.formatMessage({id: `entrasync.memberships.${fault}`}, {kind});
            return template.includes(VALUE) && values ? intl.formatMessage({id: 'entrasync.memberships.name_for_value'}, {value, name, why}) : why;
        }
    }
    return null;
}
