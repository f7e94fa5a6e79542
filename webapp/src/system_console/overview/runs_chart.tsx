import {BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip} from 'chart.js';
import {useEffect, useRef, type KeyboardEvent, type MouseEvent} from 'react';
import {useIntl} from 'react-intl';

import type {RunAnswer} from '../../answers';

import {chartConfig} from './chart_config';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Legend, Tooltip);

interface RunsChartProps {

    /** The oldest first. */
    runs: readonly RunAnswer[];

    /** Says in one sentence what the chart shows. */
    label: string;

    /** Id of the element that says how the keyboard walks through it. */
    describedBy: string;

    /** Index of the run that is looked at; -1 for none. */
    chosen: number;
    onChoose(index: number): void;
}

/** What the runs did, as bars. The arrow keys, Home, End and the mouse choose a run. */
export default function RunsChart({runs, label, describedBy, chosen, onChoose}: RunsChartProps) {
    const intl = useIntl();
    const canvas = useRef<HTMLCanvasElement>(null);
    const chart = useRef<Chart<'bar'> | null>(null);

    useEffect(() => {
        if (!canvas.current) {
            return undefined;
        }
        const made = new Chart(canvas.current, chartConfig(runs, intl, getComputedStyle(canvas.current), !wantsStillness()));
        chart.current = made;
        return () => {
            chart.current = null;
            made.destroy();
        };
    }, [runs, intl]);
    useEffect(() => mark(chart.current, chosen), [runs, chosen, intl]);

    const walk = (event: KeyboardEvent) => {
        const to = targetOf(event.key, chosen, runs.length);
        if (to !== null) {
            event.preventDefault();
            onChoose(to);
        }
    };
    const point = (event: MouseEvent) => {
        const [bar] = chart.current?.getElementsAtEventForMode(event.nativeEvent, 'index', {intersect: false}, true) ?? [];
        if (bar) {
            onChoose(bar.index);
        }
    };
    return (
        <div className='EntraSync__chart'>
            <canvas ref={canvas} role='img' aria-label={label} aria-describedby={describedBy} tabIndex={0} onKeyDown={walk} onClick={point}/>
        </div>
    );
}

function wantsStillness(): boolean {
    return window.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false;
}

/** Shows which run is chosen, as if the mouse were on its bar. */
function mark(chart: Chart<'bar'> | null, index: number): void {
    if (chart) {
        const bars = index < 0 ? [] : chart.data.datasets.map((_, datasetIndex) => ({datasetIndex, index}));
        chart.setActiveElements(bars);
        chart.tooltip?.setActiveElements(bars, {x: 0, y: 0});
        chart.update('none');
    }
}

/** The first key press chooses the newest run. */
function targetOf(key: string, chosen: number, count: number): number | null {
    const targets: Record<string, number> = {
        ArrowLeft: chosen < 0 ? count - 1 : Math.max(0, chosen - 1),
        ArrowRight: chosen < 0 ? count - 1 : Math.min(count - 1, chosen + 1),
        Home: 0,
        End: count - 1,
    };
    return targets[key] ?? null;
}
