import {FormattedMessage, useIntl} from 'react-intl';

import type {ExplanationAnswer} from '../../../answers';
import {explainMemberships} from '../../../client';
import {localeOf} from '../../../sync/messages/locale';
import {explainedWords, userNotes} from '../../../sync/report/explanation';

import {PlaceLink} from '../../frame/place_link';
import {FaultNotice} from '../../widgets/fault_notice';
import {Panel} from '../../widgets/panel';
import {useAnswer} from '../../widgets/use_answer';

interface Props {
    objectId: string;

    /** Changes whenever memberships may have changed. */
    revision: string;
}

/** Why the user is in each team and channel of the rules, or is not. Nothing where there are no rules, and until that is known. */
export function PersonMemberships({objectId, revision}: Props) {
    const locale = localeOf(useIntl().locale);
    const {answer, fault, isLoading} = useAnswer({
        queryKey: ['explanation', objectId, revision],
        queryFn: ({signal}) => explainMemberships(objectId, signal),
    });
    const hasRules = answer && (answer.fault || answer.targets.length + answer.more > 0);
    if (!hasRules && !fault) {
        return null;
    }
    const notes = answer ? userNotes(locale, answer) : [];
    return (
        <Panel title={<FormattedMessage id='entrasync.tab.memberships'/>} description={<FormattedMessage id='entrasync.person.memberships'/>}>
            {fault && <FaultNotice fault={fault} isUrgent={false}/>}
            {answer?.fault && <FaultNotice fault={answer.fault} isUrgent={false}/>}
            {notes.map((note) => <p key={note}>{note}</p>)}
            {answer && answer.targets.length > 0 && <Targets explanation={answer} isBusy={isLoading}/>}
            {answer && answer.more > 0 && <p className='EntraSync__quiet'><FormattedMessage id='entrasync.person.more_targets' values={{count: answer.more}}/></p>}
        </Panel>
    );
}

function Targets({explanation, isBusy}: {explanation: ExplanationAnswer; isBusy: boolean}) {
    return (
        <div className='EntraSync__scroll'>
            <table className='EntraSync__table' aria-busy={isBusy}>
                <thead>
                    <tr>
                        <th scope='col'><FormattedMessage id='entrasync.changes.target'/></th>
                        <th scope='col'><FormattedMessage id='entrasync.members.mattermost'/></th>
                        <th scope='col'><FormattedMessage id='entrasync.members.why'/></th>
                    </tr>
                </thead>
                <tbody>
                    {explanation.targets.map((target, at) => <TargetRow key={target.id || at} target={target} explanation={explanation}/>)}
                </tbody>
            </table>
        </div>
    );
}

function TargetRow({target, explanation}: {target: ExplanationAnswer['targets'][number]; explanation: ExplanationAnswer}) {
    const locale = localeOf(useIntl().locale);
    const offset_minutes = -new Date(target.ledger?.unwanted_since ?? 0).getTimezoneOffset();
    const {name, state, reasons} = explainedWords(locale, target, explanation, {offset_minutes});
    return (
        <tr>
            <th scope='row'>{target.id === '' || target.kind === 'system_role' ? <bdi>{name}</bdi> : <PlaceLink to={{tab: 'runs', target: target.id}}><bdi>{name}</bdi></PlaceLink>}</th>
            <td>{state}</td>
            <td>
                <ul className='EntraSync__reasons'>{reasons.map((reason) => <li key={reason}><bdi>{reason}</bdi></li>)}</ul>
            </td>
        </tr>
    );
}
