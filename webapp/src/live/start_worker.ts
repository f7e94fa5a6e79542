import type {Question, Reply} from './messages';

/** The part of a Worker that we use. */
export interface LiveThread {
    onmessage: ((event: {data: Reply}) => void) | null;
    onerror: ((event: {message: string}) => void) | null;
    postMessage(question: Question): void;
    terminate(): void;
}

export function startWorker(): LiveThread {
    return new Worker(new URL('./worker.ts', import.meta.url)) as unknown as LiveThread;
}
