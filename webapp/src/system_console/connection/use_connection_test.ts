import {useCallback, useState} from 'react';
import {useDispatch, useSelector} from 'react-redux';

import {testConnection} from '../../client';
import {shownFaultOf, type ShownFault} from '../../faults';
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
    const [isRunning, setIsRunning] = useState(false);
    const [fault, setFault] = useState<ShownFault | null>(null);
    const start = useCallback(async () => {
        setIsRunning(true);
        setFault(null);
        try {
            dispatch(connectionTested({answer: await testConnection(), revision, at: Date.now()}));
        } catch (error) {
            setFault(shownFaultOf(error));
        } finally {
            setIsRunning(false);
        }
    }, [dispatch, revision]);
    return {tested: isRunning || fault ? null : tested, fault, isRunning, start};
}
