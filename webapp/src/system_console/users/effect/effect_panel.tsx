import {useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {ScopeEffect} from '../../../live/scope_effect';
import {FaultNotice} from '../../widgets/fault_notice';
import {ignoreEnter} from '../../widgets/ignore_enter';
import {Moment} from '../../widgets/moment';
import {Notice} from '../../widgets/notice';
import {useElementId} from '../../widgets/use_element_id';
import {PlaceLink} from '../../frame/place_link';
import type {PolicyDocument} from '../../policy/policy_document';

import {MovedPeople} from './moved_people';
import {PlanSummary} from './plan_summary';
import {useEffectOf} from './use_effect_of';

interface Props {

    /** As shown on the screen; null while it has faults. */
    document: PolicyDocument | null;
    saved: PolicyDocument;
}

/**
 * The effect of the policy on the screen, computed by the sync logic before anything is saved. The summary comes before the
 * rest, where it stays in sight while the lists above are edited.
 */
export function EffectPanel({document, saved}: Props) {
    const titleId = useElementId();
    const [q, setQ] = useState('');
    const {scope, plan} = useEffectOf(document, saved, q);
    const effect = scope.answer;
    const isRead = effect !== null && effect.read_at > 0;
    return (
        <>
            <p role='status' className='EntraSync__effectBar'>{isRead && <Summary effect={effect}/>}</p>
            <section className='EntraSync__effect' aria-labelledby={titleId} aria-busy={scope.isLoading}>
                <h3 id={titleId} className='EntraSync__subtitle'><FormattedMessage id='entrasync.effect.title'/></h3>
                {!document && <p className='help-text'><FormattedMessage id={effect ? 'entrasync.effect.stale' : 'entrasync.effect.faulty'}/></p>}
                {scope.fault && <FaultNotice fault={scope.fault} isUrgent={false}/>}
                {!effect && scope.isLoading && <p><FormattedMessage id='entrasync.loading'/></p>}
                {effect && !isRead && <NoRead/>}
                {isRead && (
                    <>
                        <p className='EntraSync__quiet'><FormattedMessage id='entrasync.effect.read' values={{time: <Moment ms={effect.read_at}/>}}/></p>
                        <Unread names={effect.unread}/>
                        {effect.before === null && <Notice kind='info'><p><FormattedMessage id='entrasync.effect.saved_faulty'/></p></Notice>}
                        <Movements effect={effect} q={q} onSearch={setQ}/>
                        <PlanSummary {...plan}/>
                    </>
                )}
            </section>
        </>
    );
}

/** One sentence, read aloud once it is final. */
function Summary({effect: {people, before, after, coming, leaving}}: {effect: ScopeEffect}) {
    const isSame = coming.count === 0 && leaving.count === 0;
    return (
        <strong>
            <FormattedMessage id='entrasync.effect.in_scope' values={{after, people}}/>
            {before !== null && ' '}
            {before !== null && (isSame ? <FormattedMessage id='entrasync.effect.same'/> : (
                <FormattedMessage id='entrasync.effect.moves' values={{coming: coming.count, leaving: leaving.count}}/>
            ))}
        </strong>
    );
}

function NoRead() {
    return (
        <Notice kind='info' title={<FormattedMessage id='entrasync.effect.no_read'/>}>
            <p><PlaceLink to={{tab: 'overview'}}><FormattedMessage id='entrasync.effect.preview_first'/></PlaceLink></p>
        </Notice>
    );
}

/** The read holds only what the saved policy looks at. */
function Unread({names}: {names: string[]}) {
    const intl = useIntl();
    return names.length === 0 ? null : (
        <Notice kind='warning'>
            <p><FormattedMessage id='entrasync.effect.unread' values={{count: names.length, names: intl.formatList(names)}}/></p>
        </Notice>
    );
}

function Movements({effect: {coming, leaving}, q, onSearch}: {effect: ScopeEffect; q: string; onSearch(q: string): void}) {
    const intl = useIntl();
    if (coming.count + leaving.count === 0) {
        return null;
    }
    return (
        <>
            <input
                type='search'
                className='form-control EntraSync__search'
                dir='auto'
                aria-label={intl.formatMessage({id: 'entrasync.effect.search'})}
                placeholder={intl.formatMessage({id: 'entrasync.effect.search'})}
                value={q}
                onChange={(event) => onSearch(event.target.value)}
                onKeyDown={ignoreEnter}
            />
            <MovedPeople side='in' moved={coming}/>
            <MovedPeople side='out' moved={leaving}/>
        </>
    );
}
