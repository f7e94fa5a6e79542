import {useCallback, useState} from 'react';

import type {ConnectionAnswer} from '../../../answers';
import {testConnection} from '../../../client';
import {shownFaultOf, type ShownFault} from '../../../faults';

export interface ConnectionTest {
    answer: ConnectionAnswer | null;
    fault: ShownFault | null;
    isRunning: boolean;
    start(): void;
}

const untested = {answer: null, fault: null, isRunning: false};

/** Owns the connection test: one at a time, the newest result stays. */
export function useConnectionTest(): ConnectionTest {
    const [state, setState] = useState<Omit<ConnectionTest, 'start'>>(untested);
    const start = useCallback(async () => {
        setState({...untested, isRunning: true});
        try {
            setState({...untested, answer: await testConnection()});
        } catch (error) {
            setState({...untested, fault: shownFaultOf(error)});
        }
    }, []);
    return {...state, start};
}
