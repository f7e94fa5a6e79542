import {FormattedMessage} from 'react-intl';

import {Notice} from '../common/notice';

/** A part of the policy that somebody wrote in another shape than the form has. */
export function Unshown({path}: {path: string}) {
    return (
        <Notice kind='info' title={<FormattedMessage id='entrasync.people.unshown'/>}>
            <p><FormattedMessage id='entrasync.people.unshown_hint' values={{path: <code key='path'>{path}</code>}}/></p>
        </Notice>
    );
}
