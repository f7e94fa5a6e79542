import {Fragment, type ReactNode} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {sourceWords} from './source_editor';
import type {ShownRule} from './field_rules';
import {useStepName} from './use_step_name';

interface Props {
    rule: ShownRule;

    /** The policy has a fault in this part. */
    isInvalid: boolean;
}

/** The sources in their order, each with what is wrong with it. */
export function SourceSummary({rule: {sources, separator}, isInvalid}: Props) {
    const intl = useIntl();
    if (!sources || separator === null) {
        return <Unfit/>;
    }
    if (sources.length === 0) {
        return isInvalid ? <CellFault/> : <span className='EntraSync__quiet'><FormattedMessage id='entrasync.source.none'/></span>;
    }
    const faults = sources.map((source) => sourceWords(intl, source)).filter((words) => words !== null);
    return (
        <>
            {sources.map((source, index) => (
                <Fragment key={index}>
                    {index > 0 && (separator === undefined ? <> <FormattedMessage id='entrasync.source.else'/> </> : ' + ')}
                    <code>{source}</code>
                </Fragment>
            ))}
            {separator !== undefined && separator.trim() !== '' && (
                <small className='EntraSync__rule EntraSync__quiet'><FormattedMessage id='entrasync.join.between' values={{separator: <code>{separator}</code>}}/></small>
            )}
            {faults.map((words, index) => <small key={index} className='EntraSync__fault EntraSync__rule'>{words}</small>)}
            {isInvalid && faults.length === 0 && <CellFault/>}
        </>
    );
}

/** What is made of the value. */
export function StepSummary({rule: {steps}, isInvalid}: Props) {
    const nameOfStep = useStepName();
    if (!steps) {
        return <Unfit/>;
    }
    return (
        <>
            {steps.length === 0 && <span className='EntraSync__quiet'><FormattedMessage id='entrasync.step.none'/></span>}
            {steps.map((step, index) => <span key={index} className='EntraSync__rule'>{nameOfStep(step)}</span>)}
            {isInvalid && <CellFault/>}
        </>
    );
}

export function WhenSummary({rule: {when}, isInvalid}: Props) {
    if (when === null || isInvalid) {
        return <CellFault/>;
    }
    return <FormattedMessage id={`entrasync.when.${when}`}/>;
}

/** Something is wrong in this cell; its editor says what. */
function CellFault() {
    return <Small><FormattedMessage id='entrasync.mapping.cell_fault'/></Small>;
}

function Unfit() {
    return <Small><FormattedMessage id='entrasync.unfit.title'/></Small>;
}

function Small({children}: {children: ReactNode}) {
    return <small className='EntraSync__fault EntraSync__rule'>{children}</small>;
}
