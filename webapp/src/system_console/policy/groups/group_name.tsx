import {FormattedMessage} from 'react-intl';

import {Tag} from '../../widgets/tag';

import {useEditor} from '../editor_context';

/** A group by its name, as far as it is known, and its object id. */
export function GroupName({id}: {id: string}) {
    const {groups} = useEditor();
    return (
        <span className='EntraSync__group'>
            {groups.nameOf(id) && <bdi className='EntraSync__name'>{groups.nameOf(id)}</bdi>}
            {groups.isMissing(id) && <Tag kind='danger'><FormattedMessage id='entrasync.users.group_missing'/></Tag>}
            <bdi className='EntraSync__quiet'>{id}</bdi>
        </span>
    );
}
