import {useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {TargetMemberPage} from '../../../answers';
import {listTargetMembers, membersCsvUrl, perPage, type MemberQuery} from '../../../client';
import {capitalized} from '../../../i18n/capitalized';
import {nameOf} from '../../../i18n/name_of';
import {standings} from '../../../sync/lists';
import {localeOf} from '../../../sync/messages/locale';
import {targetText} from '../../../sync/report/target';

import {PlaceLink} from '../../frame/place_link';
import {FaultNotice} from '../../widgets/fault_notice';
import {Icon} from '../../widgets/icon';
import {ignoreEnter} from '../../widgets/ignore_enter';
import {Moment} from '../../widgets/moment';
import {Notice} from '../../widgets/notice';
import {Pagination} from '../../widgets/pagination';
import {Panel} from '../../widgets/panel';
import {useAnswer} from '../../widgets/use_answer';
import {useDebounced} from '../../widgets/use_debounced';

import {ReasonAlone} from '../changes/change_words';

import {MemberTable} from './member_table';

/** The pause in typing before a request is sent, in ms. */
const typingPause = 300;

interface Props {
    targetId: string;

    /** Changes whenever the members may be others. */
    revision: string;
}

/** Who is in a team or channel by which rule, who was added by someone else, and who is missing. */
export function TargetPanel({targetId, revision}: Props) {
    const intl = useIntl();
    const [query, setQuery] = useState<MemberQuery>({standing: '', q: ''});
    const [page, setPage] = useState(0);
    const wanted = useDebounced(query.q.trim(), typingPause);
    const {answer, fault, isLoading} = useAnswer({
        queryKey: ['target_members', targetId, query.standing, wanted, page, revision],
        queryFn: ({signal}) => listTargetMembers(targetId, {standing: query.standing, q: wanted}, page, signal),
    });
    const choose = (next: MemberQuery) => {
        setQuery(next);
        setPage(0);
    };
    return (
        <Panel
            isAskedFor={true}
            title={<bdi>{answer ? targetText(localeOf(intl.locale), {...answer.target, team: answer.target.team_name}) : targetId}</bdi>}
            description={answer && <AsOf answer={answer}/>}
            actions={(
                <>
                    <PlaceLink to={{tab: 'runs'}} className='btn btn-tertiary'><FormattedMessage id='entrasync.person.back'/></PlaceLink>
                    <a className='btn btn-tertiary' href={membersCsvUrl(targetId)} download={true}><FormattedMessage id='entrasync.changes.export'/></a>
                </>
            )}
        >
            {fault && <FaultNotice fault={fault}/>}
            {answer?.target.is_archived && <Notice kind='warning'><p><FormattedMessage id='entrasync.members.archived'/></p></Notice>}
            {answer && answer.notes.length > 0 && (
                <Notice kind='warning'>{answer.notes.map((note) => <p key={note.seq}><ReasonAlone change={note}/></p>)}</Notice>
            )}
            {answer && <MemberFilters answer={answer} query={query} onChange={choose}/>}
            <div role='status'>
                {!answer && isLoading && <p><FormattedMessage id='entrasync.loading'/></p>}
                {answer && <p className='EntraSync__quiet'><FormattedMessage id='entrasync.members.found' values={{count: answer.total}}/></p>}
            </div>
            {answer && answer.members.length > 0 && <MemberTable members={answer.members} isBusy={isLoading}/>}
            {answer && <Pagination page={page} perPage={perPage} total={answer.total} label={intl.formatMessage({id: 'entrasync.members.pages'})} onChange={setPage}/>}
        </Panel>
    );
}

function AsOf({answer: {as_of, run_id}}: {answer: TargetMemberPage}) {
    return as_of === 0 ? <FormattedMessage id='entrasync.members.no_run'/> : (
        <FormattedMessage
            id='entrasync.members.as_of'
            values={{time: <PlaceLink to={{tab: 'runs', run: run_id}}><Moment ms={as_of}/></PlaceLink>}}
        />
    );
}

function MemberFilters({answer, query, onChange}: {answer: TargetMemberPage; query: MemberQuery; onChange(query: MemberQuery): void}) {
    const intl = useIntl();
    const label = intl.formatMessage({id: 'entrasync.changes.search'});
    const countOf = (standing: string) => Number(answer.standings[standing] ?? 0);
    return (
        <>
            <div className='EntraSync__chips' role='group' aria-label={intl.formatMessage({id: 'entrasync.members.filter'})}>
                {standings.filter((standing) => countOf(standing) > 0 || query.standing === standing).map((standing) => {
                    const isOn = query.standing === standing;
                    return (
                        <button
                            key={standing}
                            type='button'
                            className='EntraSync__chip'
                            aria-pressed={isOn}
                            onClick={() => onChange({...query, standing: isOn ? '' : standing})}
                        >
                            {isOn && <Icon name='done' size={14}/>}
                            <span>{capitalized(nameOf(intl, 'standing', standing), intl.locale)}</span> <strong>{intl.formatNumber(countOf(standing))}</strong>
                        </button>
                    );
                })}
            </div>
            <div className='EntraSync__filters'>
                <input
                    type='search'
                    className='form-control'
                    aria-label={label}
                    placeholder={label}
                    value={query.q}
                    onChange={(event) => onChange({...query, q: event.target.value})}
                    onKeyDown={ignoreEnter}
                />
            </div>
        </>
    );
}
