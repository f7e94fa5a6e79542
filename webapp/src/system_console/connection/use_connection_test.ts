import {useMutation} from '@tanstack/react-query';
import {useDispatch, useSelector} from 'react-redux';

import {getStatus, testConnection} from '../../client';
import type {ShownFault} from '../../faults';
import {connectionTested, type TestedConnection} from '../../store/actions';
import {testedConnection, type ClientState} from '../../store/selectors';

interface ConnectionTest {

    /** How the newest test of the settings went that are saved now. */
    tested: TestedConnection | null;
    fault: ShownFault | null;
    isRunning: boolean;
    start(): void;
}

/** Owns the connection test: one at a time. Its result outlives the tab. `revision` is that of the saved settings. */
export function useConnectionTest(revision: string): ConnectionTest {
    const dispatch = useDispatch();
    const tested = useSelector((state: ClientState) => testedConnection(state, revision));
    const {mutate, isPending, error} = useMutation({
        mutationFn: async () => {
            // Asked now: settings that were saved a moment ago may not have reached the page yet.
            const {settings_revision} = await getStatus();
            return connectionTested({answer: await testConnection(), revision: settings_revision, at: Date.now()});
        },
        onSuccess: dispatch,
    });
    return {tested: isPending || error ? null : tested, fault: error?.fault ?? null, isRunning: isPending, start: () => mutate()};
}
