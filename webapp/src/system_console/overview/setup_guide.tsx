import {useState} from 'react';
import {FormattedMessage} from 'react-intl';

import {Panel} from '../widgets/panel';
import {Tag} from '../widgets/tag';
import {useFocusOn} from '../widgets/use_focus_on';

import {SetupAction} from './setup_action';
import {setupSteps, type SetupStep} from './setup_steps';

interface Props {
    done: Record<SetupStep, boolean>;
    isHidden: boolean;
    onHide(isHidden: boolean): void;

    /** Starts a preview; absent while nothing can be started. */
    onPreview?: (() => void) | undefined;
}

/** The way from a fresh installation to a sync that runs by itself; goes away by itself at its end. */
export function SetupGuide({done, isHidden, onHide, onPreview}: Props) {
    const [isToggled, setIsToggled] = useState(false);
    const toggle = () => {
        setIsToggled(true);
        onHide(!isHidden);
    };
    const current = setupSteps.find((step) => !done[step]);
    if (!current) {
        return null;
    }
    if (isHidden) {
        return <ShowButton isAskedFor={isToggled} onClick={toggle}/>;
    }
    return (
        <Panel
            title={<FormattedMessage id='entrasync.setup.title'/>}
            description={<FormattedMessage id='entrasync.setup.progress' values={{done: setupSteps.filter((step) => done[step]).length, total: setupSteps.length}}/>}
            isAskedFor={isToggled}
            actions={<button type='button' className='btn btn-tertiary btn-sm' onClick={toggle}><FormattedMessage id='entrasync.setup.hide'/></button>}
        >
            <ol className='EntraSync__setup'>
                {setupSteps.map((step) => (
                    <Step key={step} step={step} state={stateOf(step, done, current)} onPreview={onPreview}/>
                ))}
            </ol>
        </Panel>
    );
}

type StepState = 'done' | 'current' | 'open';

function stateOf(step: SetupStep, done: Props['done'], current: SetupStep): StepState {
    if (done[step]) {
        return 'done';
    }
    return step === current ? 'current' : 'open';
}

const tagKinds = {done: 'success', current: 'info', open: 'neutral'} as const;

function Step({step, state, onPreview}: {step: SetupStep; state: StepState; onPreview: Props['onPreview']}) {
    return (
        <li className={`EntraSync__setup--${state}`} aria-current={state === 'current' ? 'step' : undefined}>
            <p>
                <strong><FormattedMessage id={`entrasync.setup.${step}`}/></strong>
                {' '}
                <Tag kind={tagKinds[state]}><FormattedMessage id={`entrasync.setup.state_${state}`}/></Tag>
            </p>
            {state === 'current' && <SetupAction step={step} onPreview={onPreview}/>}
        </li>
    );
}

/** Takes the keyboard when it takes the place of the guide. */
function ShowButton({isAskedFor, onClick}: {isAskedFor: boolean; onClick(): void}) {
    const button = useFocusOn<HTMLButtonElement>(isAskedFor);
    return (
        <p className='EntraSync__showSetup'>
            <button type='button' className='btn btn-tertiary btn-sm' ref={button} onClick={onClick}><FormattedMessage id='entrasync.setup.show'/></button>
        </p>
    );
}
