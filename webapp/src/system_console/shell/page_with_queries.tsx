import {QueryClientProvider} from '@tanstack/react-query';
import {useEffect, useState} from 'react';

import type {CustomSectionProps} from '../../registry';

import {newQueryClient} from './query_client';
import {SyncSection} from './sync_section';

/** The page with a client of its own, which forgets everything when the page is left. The policy's setting is inside it. */
export function PageWithQueries(props: CustomSectionProps) {
    const [client] = useState(newQueryClient);
    useEffect(() => () => client.clear(), [client]);
    return <QueryClientProvider client={client}><SyncSection {...props}/></QueryClientProvider>;
}
