import type {HTMLAttributes} from 'react';

import {useBelowInput} from './use_below_input';

/** What belongs to the console's setting above it. */
export function BelowSetting(attributes: HTMLAttributes<HTMLDivElement>) {
    return <div {...attributes} className='EntraSync__belowSetting' ref={useBelowInput()}/>;
}
