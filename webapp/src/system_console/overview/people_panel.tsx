import {FormattedMessage, useIntl} from 'react-intl';

import type {OverviewAnswer} from '../../answers';
import {FaultNotice} from '../widgets/fault_notice';
import {Moment} from '../widgets/moment';
import {Panel} from '../widgets/panel';
import {RelativeMoment} from '../widgets/relative_moment';
import type {Answer} from '../widgets/use_answer';

const tiles = ['directory', 'in_scope', 'linked', 'deactivated'] as const;

/** Only a full read gives these counts. */
const readTiles: ReadonlySet<string> = new Set(['directory', 'in_scope']);

/** The number of users, from the directory down to the accounts. */
export function PeoplePanel({overview: {answer, fault}, isFaultShown}: {overview: Answer<OverviewAnswer>; isFaultShown: boolean}) {
    return (
        <Panel title={<FormattedMessage id='entrasync.overview.people'/>} description={answer && <WhenRead at={answer.read_at}/>}>
            {fault && isFaultShown && <FaultNotice fault={fault}/>}
            <dl className='EntraSync__tiles'>
                {tiles.map((name) => (
                    <div key={name}>
                        <dt><FormattedMessage id={`entrasync.overview.${name}`}/></dt>
                        <dd><Count count={countOf(answer, name)}/></dd>
                    </div>
                ))}
            </dl>
        </Panel>
    );
}

/** Null while the number is not known. */
function countOf(answer: OverviewAnswer | null, name: typeof tiles[number]): number | null {
    return answer === null || (answer.read_at === 0 && readTiles.has(name)) ? null : answer[name];
}

function Count({count}: {count: number | null}) {
    const intl = useIntl();
    if (count !== null) {
        return intl.formatNumber(count);
    }
    return (
        <>
            <span aria-hidden='true'>{'—'}</span>
            <span className='sr-only'><FormattedMessage id='entrasync.overview.not_known'/></span>
        </>
    );
}

function WhenRead({at}: {at: number}) {
    return at === 0 ?
        <FormattedMessage id='entrasync.overview.not_read'/> :
        <FormattedMessage id='entrasync.overview.read_at' values={{relative: <RelativeMoment ms={at}/>, time: <Moment ms={at}/>}}/>;
}
