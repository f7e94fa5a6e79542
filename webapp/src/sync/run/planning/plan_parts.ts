import type {DecisionCriteria} from '../../plan/criteria';

import type {RunContext} from '../context/run_context';
import type {People} from '../reading/people';
import type {Departures} from './departures';
import type {Draft} from './draft';
import type {Ownership} from './ownership';
import type {Releases} from './releases';

/** What the planners of one plan share. */
export interface PlanParts {
    readonly context: RunContext;
    readonly people: People;
    readonly criteria: DecisionCriteria;
    readonly draft: Draft;
    readonly ownership: Ownership;
    readonly departures: Departures;
    readonly releases: Releases;
}
