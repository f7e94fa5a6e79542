import {useState, type ReactNode} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {Fold} from '../widgets/fold';
import {Icon} from '../widgets/icon';
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

    // A user who follows the guide to the preview still sees the whole of it afterward.
    const [isFollowed] = useState(!done.preview);
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
    const guide = (
        <ol className='EntraSync__setup'>
            {setupSteps.map((step) => (
                <Step key={step} step={step} state={stateOf(step, done, current)} onPreview={onPreview}/>
            ))}
        </ol>
    );
    const count = {done: setupSteps.filter((step) => done[step]).length, total: setupSteps.length};
    const hide = <button type='button' className='btn btn-tertiary btn-sm' onClick={toggle}><FormattedMessage id='entrasync.setup.hide'/></button>;
    if (!isFollowed) {
        return <GuideLine count={count} current={current} isAskedFor={isToggled}>{guide}<p>{hide}</p></GuideLine>;
    }
    return (
        <Panel
            title={<FormattedMessage id='entrasync.setup.title'/>}
            description={<FormattedMessage id='entrasync.setup.progress' values={count}/>}
            isAskedFor={isToggled}
            actions={hide}
        >
            {guide}
        </Panel>
    );
}

interface LineProps {
    count: {done: number; total: number};
    current: SetupStep;

    /** The user asked for the guide, so it is open. */
    isAskedFor: boolean;
    children: ReactNode;
}

/** The guide on a server that has read the directory: the state of the sync comes first, so what is left of the setup is one line. */
function GuideLine({count, current, isAskedFor, children}: LineProps) {
    const {formatMessage} = useIntl();
    const [isOpen, setIsOpen] = useState(isAskedFor);
    const section = useFocusOn<HTMLElement>(isAskedFor);
    return (
        <section
            className='AdminSectionPanel EntraSync__setupLine'
            aria-label={formatMessage({id: 'entrasync.setup.title'})}
            ref={section}
            tabIndex={isAskedFor ? -1 : undefined}
        >
            <Fold
                level={2}
                title={<FormattedMessage id='entrasync.setup.title'/>}
                summary={<FormattedMessage id='entrasync.setup.line' values={{...count, step: formatMessage({id: `entrasync.setup.${current}`})}}/>}
                isOpen={isOpen}
                onToggle={() => setIsOpen(!isOpen)}
            >
                {children}
            </Fold>
        </section>
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
                {state === 'done' && <Icon name='done'/>}
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
