import {useMutation} from '@tanstack/react-query';
import {FormattedMessage} from 'react-intl';

import type {OverviewAnswer} from '../../answers';
import {dismissSaferDefaults} from '../../client';
import {changedDefaults} from '../../sync/policy/safer_defaults';

import {savedSettingsOf, type PlainSettings} from '../frame/settings';
import {documentOf} from '../policy/policy_document';
import {FaultNotice} from '../widgets/fault_notice';
import {Notice} from '../widgets/notice';
import type {Answer} from '../widgets/use_answer';

interface Props {
    overview: Answer<OverviewAnswer>;
    settings: PlainSettings;
}

/** After an upgrade: which defaults are safer now and apply to this server, because its policy does not set them. */
export function SaferDefaultsNotice({overview, settings}: Props) {
    const {mutate, isPending, error} = useMutation({mutationFn: dismissSaferDefaults, onSuccess: () => overview.reload()});
    const names = changedDefaults(documentOf(savedSettingsOf(settings)?.policy));
    if (!overview.answer?.safer_defaults || names.length === 0) {
        return null;
    }
    return (
        <Notice kind='info' title={<FormattedMessage id='entrasync.safer.title'/>}>
            <p><FormattedMessage id='entrasync.safer.description'/></p>
            <ul>{names.map((name) => <li key={name}><FormattedMessage id={`entrasync.safer.${name}`}/></li>)}</ul>
            {error && <FaultNotice fault={error.fault}/>}
            <button type='button' className='btn btn-tertiary btn-sm' disabled={isPending} onClick={() => mutate()}>
                <FormattedMessage id='entrasync.safer.dismiss'/>
            </button>
        </Notice>
    );
}
