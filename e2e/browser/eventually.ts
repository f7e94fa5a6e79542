import {setTimeout as pause} from 'node:timers/promises';

/** The pause between two looks, and how long to go on looking unless somebody has more `patience`, in milliseconds. */
const interval = 50;
const usualPatience = 20_000;

/** Reads until what was read is `right`, and returns it. Fails with the last reading. */
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
