import {useEffect, useRef, useState} from 'react';

/** How often the progress is recorded, how far back the rate looks, and how much must be known before it is shown, all in ms. */
const sampleInterval = 1000;
const lookBack = 10_000;
const leastKnown = 3000;

interface Sample {
    at: number;
    done: number;
}

/** How fast `done` has grown per second over the last seconds; null while nothing moves or too little is known. */
export function useRate(done: number): number | null {
    const newest = useRef(done);
    const [samples, setSamples] = useState<Sample[]>([]);
    useEffect(() => {
        newest.current = done;
    }, [done]);
    useEffect(() => {
        const timer = window.setInterval(() => {
            const at = performance.now();
            setSamples((old) => [...old.filter((sample) => at - sample.at <= lookBack), {at, done: newest.current}]);
        }, sampleInterval);
        return () => window.clearInterval(timer);
    }, []);
    const [first, last] = [samples[0], samples.at(-1)];
    if (!first || !last || last.at - first.at < leastKnown || last.done <= first.done) {
        return null;
    }
    return (last.done - first.done) / ((last.at - first.at) / 1000);
}
