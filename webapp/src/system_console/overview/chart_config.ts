import type {ChartConfiguration} from 'chart.js';
import type {IntlShape} from 'react-intl';

import type {RunAnswer} from '../../answers';
import {nameOf} from '../../i18n/name_of';

import {runSeries, type RunSeries} from './run_series';

/** The theme's variable, what the console has where a theme lacks it, and how opaque it is. */
const colors: Record<RunSeries, [variable: string, otherwise: string, alpha: number]> = {
    created: ['--button-bg-rgb', '22, 109, 224', 1],
    updated: ['--button-bg-rgb', '22, 109, 224', 0.4],
    reactivated: ['--online-indicator-rgb', '61, 184, 135', 1],
    deactivated: ['--center-channel-color-rgb', '61, 60, 64', 0.56],
    failed: ['--dnd-indicator-rgb', '247, 67, 67', 1],
    held: ['--away-indicator-rgb', '255, 188, 31', 1],
};

/** Widest bar, in pixels: a single run must not fill the whole chart. */
const widestBar = 32;

function colorOf(theme: CSSStyleDeclaration, variable: string, otherwise: string, alpha: number): string {
    return `rgba(${theme.getPropertyValue(variable).trim() || otherwise}, ${alpha})`;
}

/** Stacked bars, one for each run, drawn in the colors that the theme has at this moment. */
export function chartConfig(runs: readonly RunAnswer[], intl: IntlShape, theme: CSSStyleDeclaration, isMoving: boolean): ChartConfiguration<'bar'> {
    const text = colorOf(theme, '--center-channel-color-rgb', '61, 60, 64', 0.76);
    const line = colorOf(theme, '--center-channel-color-rgb', '61, 60, 64', 0.08);
    const font = {family: theme.fontFamily || 'sans-serif', size: 12};
    return {
        type: 'bar',
        data: {
            labels: runs.map(({started_at}) => intl.formatDate(started_at, {month: 'short', day: 'numeric'})),
            datasets: runSeries.map((name) => ({
                label: nameOf(intl, 'count', name),
                data: runs.map(({counts}) => counts[name]),
                backgroundColor: colorOf(theme, ...colors[name]),
                hoverBackgroundColor: colorOf(theme, ...colors[name]),
                hoverBorderColor: text,
                hoverBorderWidth: 1,
                maxBarThickness: widestBar,
            })),
        },
        options: {
            locale: intl.locale,
            maintainAspectRatio: false,
            animation: isMoving ? {duration: 300} : false,
            interaction: {mode: 'index', intersect: false},
            font,
            color: text,
            scales: {
                x: {stacked: true, grid: {display: false}, ticks: {color: text, font, maxRotation: 0, autoSkipPadding: 12}},
                y: {stacked: true, suggestedMax: 4, grid: {color: line}, border: {display: false}, ticks: {color: text, font, precision: 0}},
            },
            plugins: {
                legend: {position: 'bottom', labels: {color: text, font, boxWidth: 12, boxHeight: 12}},
                tooltip: {
                    titleFont: {...font, weight: 'bold'},
                    bodyFont: font,
                    callbacks: {title: ([item]) => intl.formatDate(runs[item?.dataIndex ?? 0]?.started_at, {dateStyle: 'medium', timeStyle: 'short'})},
                    filter: ({raw}) => raw !== 0,
                },
            },
        },
    };
}
