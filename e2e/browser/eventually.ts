import {setTimeout as pause} from 'node:timers/promises';

/** The interval between two reads, and the default timeout, in milliseconds. */
const interval = 50;
const usualPatience = 20_000;

/** Reads until the value is `right`, and returns it. Fails with the last value. */
export async function eventually<T>(read: () => Promise<T>, right: (value: T) => boolean, patience = usualPatience): Promise<T> {
    const end = Date.now() + patience;
    for (;;) {
        const value = await read();
        if (right(value)) {
            return value;
        }
        if (Date.now() > end) {
            throw new Error(`still not as expected: ${JSON.stringify(value)}`);
        }
        await pause(interval);
    }
}
