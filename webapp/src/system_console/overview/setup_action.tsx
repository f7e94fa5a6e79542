import type {ReactNode} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {localeOf} from '../../sync/messages/locale';
import type {Place} from '../../store/place';
import {PlaceLink} from '../frame/place_link';

import type {SetupStep} from './setup_steps';

const guides = {
    en: 'https://github.com/entrasync/mattermost-plugin-entrasync/blob/main/docs/admin_guide.md#register-the-application-in-entra',
    ko: 'https://github.com/entrasync/mattermost-plugin-entrasync/blob/main/docs/admin_guide.ko.md#entra에-앱-등록하기',
};

interface Props {
    step: SetupStep;
    onPreview?: (() => void) | undefined;
}

/** What the step is about, and the button or link that does it. */
export function SetupAction({step, onPreview}: Props) {
    return (
        <>
            <p>
                <FormattedMessage
                    id={`entrasync.setup.${step}_hint`}
                    values={{users: <code>{'User.Read.All'}</code>, groups: <code>{'GroupMember.Read.All'}</code>}}
                />
            </p>
            <div className='EntraSync__actions'><Action step={step} onPreview={onPreview}/></div>
        </>
    );
}

function Action({step, onPreview}: Props): ReactNode {
    switch (step) {
    case 'register':
        return (
            <>
                <GuideLink/>
                <Way to={{tab: 'connection', focus: 'TenantId'}} id='entrasync.setup.enter_values' isSecond={true}/>
            </>
        );
    case 'values':
        return <Way to={{tab: 'connection', focus: 'TenantId'}} id='entrasync.setup.enter_values'/>;
    case 'test':
        return <Way to={{tab: 'connection', focus: 'test'}} id='entrasync.setup.open_test'/>;
    case 'people':
        return <Way to={{tab: 'users'}} id='entrasync.setup.open_people'/>;
    case 'preview':
        return (
            <button type='button' className='btn btn-primary btn-sm' disabled={!onPreview} onClick={onPreview}>
                <FormattedMessage id='entrasync.setup.start_preview'/>
            </button>
        );
    case 'schedule':
        return <Way to={{tab: 'schedule', focus: 'Enabled'}} id='entrasync.setup.open_schedule'/>;
    }
}

interface WayProps {
    to: Partial<Place>;
    id: `entrasync.setup.${'enter_values' | 'open_test' | 'open_people' | 'open_schedule'}`;

    /** Something else comes first. */
    isSecond?: boolean;
}

function Way({to, id, isSecond = false}: WayProps) {
    return <PlaceLink to={to} className={`btn btn-sm ${isSecond ? 'btn-tertiary' : 'btn-primary'}`}><FormattedMessage id={id}/></PlaceLink>;
}

function GuideLink() {
    const {locale} = useIntl();
    return (
        <a className='btn btn-primary btn-sm' href={guides[localeOf(locale)]} target='_blank' rel='noopener noreferrer'>
            <FormattedMessage id='entrasync.setup.open_guide'/>
        </a>
    );
}
