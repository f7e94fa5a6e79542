import {useMutation} from '@tanstack/react-query';
import {useState} from 'react';
import {FormattedMessage} from 'react-intl';

import type {OverviewAnswer} from '../../answers';
import {dismissSaferDefaults} from '../../client';
import {changedDefaults, saferRules, type SaferDefaultName, type SaferRule} from '../../sync/policy/safer_defaults';

import {savedSettingsOf, type PlainSettings} from '../frame/settings';
import {documentOf} from '../policy/policy_document';
import {FaultNotice} from '../widgets/fault_notice';
import {Notice} from '../widgets/notice';
import type {Answer} from '../widgets/use_answer';
import {useElementId} from '../widgets/use_element_id';

interface Props {
    overview: Answer<OverviewAnswer>;
    settings: PlainSettings;
}

/** After an upgrade: which defaults are safer now and apply to this server, because its policy does not set them, and which rules have no key. */
export function SaferDefaultsNotice({overview, settings}: Props) {
    const {mutate, isPending, error} = useMutation({mutationFn: dismissSaferDefaults, onSuccess: () => overview.reload()});
    const [isOpen, setIsOpen] = useState(false);
    const id = useElementId();
    if (!overview.answer?.safer_defaults) {
        return null;
    }
    const names = changedDefaults(documentOf(savedSettingsOf(settings)?.policy));
    return (
        <Notice kind='info' title={<FormattedMessage id='entrasync.safer.title'/>}>
            <p><FormattedMessage id='entrasync.safer.summary' values={{defaults: names.length, rules: saferRules.length}}/></p>
            <div id={id} hidden={!isOpen}>
                <Sentences intro='description' names={names}/>
                <Sentences intro='always' names={saferRules}/>
            </div>
            {error && <FaultNotice fault={error.fault}/>}
            <div className='EntraSync__actions'>
                <button type='button' className='btn btn-tertiary btn-sm' aria-expanded={isOpen} aria-controls={id} onClick={() => setIsOpen(!isOpen)}>
                    <FormattedMessage id={isOpen ? 'entrasync.safer.hide' : 'entrasync.safer.show'}/>
                </button>
                <button type='button' className='btn btn-tertiary btn-sm' disabled={isPending} onClick={() => mutate()}>
                    <FormattedMessage id='entrasync.safer.dismiss'/>
                </button>
            </div>
        </Notice>
    );
}

/** A list with a sentence before it; nothing if it is empty. */
function Sentences({intro, names}: {intro: 'description' | 'always'; names: ReadonlyArray<SaferDefaultName | SaferRule>}) {
    return names.length === 0 ? null : (
        <>
            <p><FormattedMessage id={`entrasync.safer.${intro}`}/></p>
            <ul className='EntraSync__saferList'>{names.map((name) => <li key={name}><FormattedMessage id={`entrasync.safer.${name}`}/></li>)}</ul>
        </>
    );
}
