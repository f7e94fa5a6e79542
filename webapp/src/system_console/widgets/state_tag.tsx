import {useIntl} from 'react-intl';

import {nameOf} from '../../i18n/name_of';
import type {RunState} from '../../sync/types';

import {Tag, type TagKind} from './tag';

const kinds: Record<RunState, TagKind> = {
    running: 'info',
    succeeded: 'success',
    partial: 'warning',
    held: 'warning',
    failed: 'danger',
    cancelled: 'neutral',
    interrupted: 'warning',
};

export function StateTag({state}: {state: RunState}) {
    return <Tag kind={kinds[state] ?? 'neutral'}>{nameOf(useIntl(), 'run_state', state)}</Tag>;
}
