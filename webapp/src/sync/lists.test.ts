import {placeKinds} from './lists';
import {readFileSync} from 'node:fs';

import {parse} from 'yaml';

import * as lists from './lists';
import {causeKinds, wantedAnswers} from './memberships/explanation';
import {ledgerStates} from './memberships/shapes';
import {lookupNames} from './ports';

const EXPLAINED = 'components.schemas.Explanation.properties.targets.items.properties';

/** Where docs/openapi.yaml restates a closed list: the path of each `enum`. */
const described: Record<string, readonly string[]> = {
    'paths./lookups/{port}.parameters.0.schema': lookupNames,
    'paths./targets.get.parameters.0.schema': placeKinds,
    'components.schemas.TargetList.properties.targets.items.properties.kind': placeKinds,
    'components.schemas.Action': lists.actions,
    'components.schemas.ChangeStatus': lists.changeStatuses,
    'components.schemas.ConnectionStep.properties.step': lists.connectionSteps,
    'components.schemas.Mode': lists.runModes,
    'components.schemas.Trigger': lists.triggers,
    'components.schemas.RunState': lists.runStates,
    'components.schemas.StartRequest.properties.reading': lists.directoryReadings,
    'components.schemas.Run.properties.reading': lists.readings,
    'components.schemas.Hold.properties.kinds.items.properties.kind': lists.holdKinds,
    'components.schemas.Progress.properties.phase': lists.phases,
    'components.schemas.TargetKind': lists.targetKinds,
    'components.schemas.Standing': lists.standings,
    [`${EXPLAINED}.wanted`]: wantedAnswers,
    [`${EXPLAINED}.rules.items.properties.causes.items.properties.kind`]: causeKinds,
    [`${EXPLAINED}.ledger.properties.state`]: ledgerStates,
};

function enumsOf(value: unknown, path: string[] = []): Array<[path: string, words: string[]]> {
    if (typeof value !== 'object' || value === null) {
        return [];
    }
    return Object.entries(value).flatMap(([key, part]) => (key === 'enum' ? [[path.join('.'), part as string[]]] : enumsOf(part, [...path, key])));
}

test('the description of the HTTP API has the same lists', () => {
    const document: unknown = parse(readFileSync('docs/openapi.yaml', 'utf8'));
    expect(Object.fromEntries(enumsOf(document))).toEqual(described);
});

test('the description of the HTTP API counts the same', () => {
    const document = parse(readFileSync('docs/openapi.yaml', 'utf8')) as {components: {schemas: {Counts: {required: string[]; properties: object}}}};
    const {required, properties} = document.components.schemas.Counts;
    expect([...required].sort()).toEqual([...lists.countNames].sort());
    expect(Object.keys(properties).sort()).toEqual([...lists.countNames].sort());
});
