import type {ReactNode} from 'react';
import {FormattedMessage, useIntl, type IntlShape} from 'react-intl';

import {nameOf} from '../../i18n/name_of';
import {isOrder} from './matching_order';
import {settingAt, type SettingProps} from '../policy/settings/settings';
import {isSignIn} from './sign_in';

/** Returns what is set at a path, or its default. */
type Read = (...path: string[]) => unknown;

/** What is set in each section, in a few words. A part that cannot be read says nothing: its section is open. */
const summaries = {
    sign_in: (read, intl) => {
        const value = read('accounts', 'sign_in');
        if (!isSignIn(value)) {
            return null;
        }
        const method = intl.formatMessage({id: `entrasync.sign_in.${value.method}`});
        return value.service ? `${method}: ${intl.formatMessage({id: `entrasync.sign_in.${value.service}`})}` : method;
    },
    matching: (read, intl) => {
        const order = read('accounts', 'matching');
        if (!isOrder(order)) {
            return null;
        }
        const names = order.map((key) => intl.formatMessage({id: `entrasync.lifecycle.match_${key}`})).join(', ');
        return read('accounts', 'adopt', 'enabled') === false ? <FormattedMessage id='entrasync.lifecycle.matching_summary' values={{names}}/> : names;
    },
    lifecycle: (read, intl) => {
        const named = (isOn: boolean) => parts.filter((part) => read('lifecycle', part) === isOn).map((part) => nameOf(intl, 'action', part)).join(', ');
        return <FormattedMessage id='entrasync.lifecycle.lifecycle_summary' values={{on: named(true), off: named(false), state: stateOf(named(true), named(false))}}/>;
    },
    leavers: (read) => {
        if (read('lifecycle', 'deactivate') === false) {
            return <FormattedMessage id='entrasync.lifecycle.deactivate_off'/>;
        }
        const list = read('lifecycle', 'protected');
        const values = {reads: read('lifecycle', 'leavers', 'missing_reads'), days: read('lifecycle', 'leavers', 'grace_days'), count: Array.isArray(list) && list.length};
        return areNumbers(values) && <FormattedMessage id='entrasync.lifecycle.leavers_summary' values={values}/>;
    },
    guard: (read) => {
        const [more_than, percent] = [read('guard', 'deactivations', 'more_than'), read('guard', 'deactivations', 'percent')];
        const values = {more_than, percent, least: read('guard', 'min_directory_percent')};
        return areNumbers(values) && <FormattedMessage id='entrasync.lifecycle.guard_summary' values={values}/>;
    },
    limits: (read) => {
        const values = {concurrency: read('limits', 'concurrency'), days: read('history', 'keep_days')};
        return areNumbers(values) && <FormattedMessage id='entrasync.lifecycle.limits_summary' values={values}/>;
    },
} satisfies Record<string, (read: Read, intl: IntlShape) => ReactNode>;

export type SectionName = keyof typeof summaries;

const parts = ['create', 'update', 'deactivate', 'reactivate'] as const;

/** Says what the settings of a section are set to. */
export function SectionSummary({name, ...props}: SettingProps & {name: SectionName}) {
    const summarize: (read: Read, intl: IntlShape) => ReactNode = summaries[name];
    return <>{summarize((...path) => settingAt(props, path).value, useIntl())}</>;
}

function areNumbers<T extends string>(values: Record<T, unknown>): values is Record<T, number> {
    return Object.values(values).every((value) => typeof value === 'number');
}

function stateOf(on: string, off: string): 'all' | 'none' | 'some' {
    if (on === '') {
        return 'none';
    }
    return off === '' ? 'all' : 'some';
}
