import {useEffect, useRef, useState, type KeyboardEvent, type ReactNode} from 'react';
import {FormattedMessage} from 'react-intl';

import {focusAround} from '../../widgets/focus_around';
import {useElementId} from '../../widgets/use_element_id';

/** The count is shown with separators, and may be typed with them, and in the wide digits of a Korean or Japanese keyboard. */
const NO_DIGITS = /[^0-9]/g;

interface QuestionProps {

    /** What is asked before anything is done. */
    question: ReactNode;

    /** What it would do: shown with the question, or the id of where it is shown already. */
    details?: ReactNode;
    detailsId?: string;

    /** The number that must be typed before, or null where a click is enough. */
    typed: number | null;

    /** No user loses anything by it, so the button does not warn. */
    isHarmless?: boolean;
    confirm: ReactNode;
    isBlocked: boolean;
    onConfirm(): void;
}

interface Props extends QuestionProps {
    label: ReactNode;
    kind?: 'primary' | 'tertiary';
}

/** A button for an action that affects many users, with the question that confirms it. */
export function Approval({label, kind = 'primary', ...props}: Props) {
    const [isAsking, setIsAsking] = useState(false);
    const button = useRef<HTMLButtonElement>(null);
    const wasAsking = useRef(false);

    // What had the keyboard is gone with the question; once it is answered, the focus has gone elsewhere.
    useEffect(() => {
        if (wasAsking.current && !isAsking) {
            button.current?.focus();
        }
        wasAsking.current = isAsking;
    }, [isAsking]);

    if (!isAsking) {
        return <button type='button' className={`btn btn-${kind}`} ref={button} disabled={props.isBlocked} onClick={() => setIsAsking(true)}>{label}</button>;
    }
    const confirm = () => {
        wasAsking.current = false;
        setIsAsking(false);
        props.onConfirm();
    };
    return <Question {...props} onConfirm={confirm} onCancel={() => setIsAsking(false)}/>;
}

function Question({question, details, detailsId, typed, isHarmless = false, confirm, isBlocked, onConfirm, onCancel}: QuestionProps & {onCancel(): void}) {
    const id = useElementId();
    const [text, setText] = useState('');
    const group = useRef<HTMLDivElement>(null);
    const isSure = !isBlocked && (typed === null || text.normalize('NFKC').replace(NO_DIGITS, '') === String(typed));

    // The button that had the keyboard is gone.
    useEffect(() => group.current?.querySelector<HTMLElement>('input, .EntraSync__notNow')?.focus(), []);

    // The button comes back disabled, or is gone with what it was for.
    const confirmHere = () => {
        focusAround(group.current);
        onConfirm();
    };
    const escape = (event: KeyboardEvent) => {
        if (event.key === 'Escape') {
            event.stopPropagation();
            onCancel();
        }
    };

    // The section is in the console's form: Enter must not save the settings.
    const answer = (event: KeyboardEvent) => {
        if (event.key === 'Enter') {
            event.preventDefault();
            if (isSure) {
                confirmHere();
            }
        }
    };
    return (
        <div className='EntraSync__question' role='group' aria-labelledby={`${id}-text`} aria-describedby={details ? `${id}-details` : detailsId} ref={group} onKeyDown={escape}>
            <p id={`${id}-text`} className='EntraSync__noticeTitle'>{question}</p>
            {details && <div id={`${id}-details`}>{details}</div>}
            <div className='EntraSync__actions'>
                {typed !== null && (
                    <input
                        className='form-control'
                        aria-labelledby={`${id}-text`}
                        inputMode='numeric'
                        autoComplete='off'
                        value={text}
                        onChange={(event) => setText(event.target.value)}
                        onKeyDown={answer}
                    />
                )}
                <button type='button' className={isHarmless ? 'btn btn-primary' : 'btn btn-danger'} disabled={!isSure} onClick={confirmHere}>{confirm}</button>
                <button type='button' className='btn btn-tertiary EntraSync__notNow' onClick={onCancel}>
                    <FormattedMessage id='entrasync.held.not_now'/>
                </button>
            </div>
        </div>
    );
}
