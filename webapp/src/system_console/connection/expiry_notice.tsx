import {useState} from 'react';
import {FormattedMessage} from 'react-intl';

import type {Credential} from '../../sync/settings/descriptors';
import type {SyncJob} from '../frame/use_sync_job';
import {useOverview} from '../frame/use_overview';
import {Moment} from '../widgets/moment';
import {Notice} from '../widgets/notice';
import {RelativeMoment} from '../widgets/relative_moment';

import {expiryOf} from '../../sync/health/expiry';

/** When the saved secret or certificate ends; nothing where Microsoft does not tell, and nothing is lost then. */
export function ExpiryNotice({credential, job}: {credential: Credential; job: SyncJob}) {
    const {answer} = useOverview(job);
    const at = answer?.secret_expires_at ?? 0;
    const [now] = useState(() => Date.now());
    const expiry = expiryOf(at, now);
    if (expiry === 'unknown') {
        return null;
    }
    const words = <Expires expiry={expiry} at={at} credential={credential}/>;
    return expiry === 'valid' ?
        <p className='EntraSync__quiet'>{words}</p> :
        <Notice kind={expiry === 'soon' ? 'warning' : 'danger'} title={words}><p><FormattedMessage id='entrasync.expiry.hint'/></p></Notice>;
}

interface ExpiresProps {
    expiry: 'valid' | 'soon' | 'expired';
    at: number;
    credential: Credential;
}

/** One sentence about the end of the credential. */
export function Expires({expiry, at, credential}: ExpiresProps) {
    return (
        <FormattedMessage
            id={expiry === 'expired' ? 'entrasync.expiry.expired' : 'entrasync.expiry.expires'}
            values={{credential, time: <Moment ms={at}/>, relative: <RelativeMoment ms={at}/>}}
        />
    );
}
