import type {KeyboardEvent} from 'react';
import {useIntl} from 'react-intl';

import type {RunAnswer} from '../../answers';
import {nameOf} from '../../i18n/name_of';

import {RunBar} from './run_bar';
import {runSeries, usersChangedBy} from './run_series';
import './runs_chart.css';

/** What the scale ends at, at least: a single change does not fill the chart. */
const shortestScale = 4;

/** How many days fit below the bars of a narrow page. */
const mostDays = 3;

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
export function RunsChart({runs, label, describedBy, chosen, onChoose}: RunsChartProps) {
    const intl = useIntl();
    const top = Math.max(shortestScale, ...runs.map(usersChangedBy));
    const step = Math.ceil(runs.length / mostDays);
    const walk = (event: KeyboardEvent) => {
        const to = targetOf(event.key, chosen, runs.length);
        if (to !== null) {
            event.preventDefault();
            onChoose(to);
        }
    };
    return (
        <>
            <div className='EntraSync__chart' role='img' aria-label={label} aria-describedby={describedBy} tabIndex={0} onKeyDown={walk}>
                <div className='EntraSync__scale'><span>{intl.formatNumber(top)}</span><span>{intl.formatNumber(0)}</span></div>
                <div className='EntraSync__bars'>
                    {runs.map((run, index) => (
                        <RunBar
                            key={run.id}
                            run={run}
                            top={top}
                            isChosen={index === chosen}
                            hasDay={(runs.length - 1 - index) % step === 0}
                            onChoose={() => onChoose(index)}
                        />
                    ))}
                </div>
            </div>
            <ul className='EntraSync__legend'>
                {runSeries.map((name) => <li key={name}><span className={`EntraSync__swatch EntraSync__series--${name}`}/>{nameOf(intl, 'count', name)}</li>)}
            </ul>
        </>
    );
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
