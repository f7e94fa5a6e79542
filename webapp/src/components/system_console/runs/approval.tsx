import {useEffect, useId, useRef, useState, type KeyboardEvent} from 'react';
import {FormattedMessage} from 'react-intl';

/** The count is shown with separators, and may be typed with them. */
const NO_DIGITS = /[^0-9]/g;

interface Props {

    /** How many changes are approved at once. */
    count: number;

    /** Whether the count must be typed before. */
    mustType: boolean;
    isBlocked: boolean;
    onApprove(): void;
}

/** The button that approves everything, and the question that comes before it is done. */
export function Approval({count, mustType, isBlocked, onApprove}: Props) {
    const [isAsking, setIsAsking] = useState(false);
    if (!isAsking) {
        return (
            <button type='button' className='btn btn-primary' disabled={isBlocked} onClick={() => setIsAsking(true)}>
                <FormattedMessage id='entrasync.held.approve_all'/>
            </button>
        );
    }
    const approve = () => {
        setIsAsking(false);
        onApprove();
    };
    return <Question count={count} mustType={mustType} isBlocked={isBlocked} onApprove={approve} onCancel={() => setIsAsking(false)}/>;
}

function Question({count, mustType, isBlocked, onApprove, onCancel}: Props & {onCancel(): void}) {
    const id = useId();
    const [typed, setTyped] = useState('');
    const group = useRef<HTMLDivElement>(null);
    const isSure = !isBlocked && (!mustType || typed.replace(NO_DIGITS, '') === String(count));

    // The button that had the keyboard is gone.
    useEffect(() => group.current?.querySelector<HTMLElement>('input, .btn-tertiary')?.focus(), []);

    // The section stands in the console's form: Enter must not save the settings.
    const answer = (event: KeyboardEvent) => {
        if (event.key === 'Enter') {
            event.preventDefault();
            if (isSure) {
                onApprove();
            }
        }
    };
    return (
        <div className='EntraSync__question' role='group' aria-labelledby={`${id}-text`} ref={group}>
            <p id={`${id}-text`} className='EntraSync__noticeTitle'>
                <FormattedMessage id={mustType ? 'entrasync.held.type_count' : 'entrasync.held.sure'} values={{count}}/>
            </p>
            <div className='EntraSync__actions'>
                {mustType && (
                    <input
                        className='form-control'
                        aria-labelledby={`${id}-text`}
                        inputMode='numeric'
                        autoComplete='off'
                        value={typed}
                        onChange={(event) => setTyped(event.target.value)}
                        onKeyDown={answer}
                    />
                )}
                <button type='button' className='btn btn-danger' disabled={!isSure} onClick={onApprove}>
                    <FormattedMessage id='entrasync.held.approve' values={{count}}/>
                </button>
                <button type='button' className='btn btn-tertiary' onClick={onCancel}>
                    <FormattedMessage id='entrasync.held.not_now'/>
                </button>
            </div>
        </div>
    );
}
