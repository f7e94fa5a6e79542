/** Writes the closed lists of the sync logic as Go constants: `npx tsx webapp/generate/go_lists.ts`. */
import {writeFileSync} from 'node:fs';

import {errorCodes} from '../src/sync/errors';
import {networkKinds} from '../src/sync/faults/tables';
import * as lists from '../src/sync/lists';
import {OBJECT_ID_PATTERN} from '../src/sync/object_id';
import {lookupNames} from '../src/sync/ports';
import {credentials} from '../src/sync/settings/descriptors';

import {constants, goName, goSource, slice} from './go_source';

/** A closed list as Go constants with a comment, `doc`, or as a slice of the name `all`, or both. The constants begin with `prefix`. */
interface GoList {
    prefix?: string;
    doc?: string;
    words: readonly string[];
    type?: string;
    all?: string;
}

function source({prefix, doc, words, type = '', all}: GoList): string {
    const entries = words.map((word): [string, string] => [prefix === undefined ? JSON.stringify(word) : prefix + goName(word), word]);
    return [
        doc ? constants(doc, entries, type) : '',
        all ? slice(all, type || 'string', entries.map(([name]) => name)) : '',
    ].filter(Boolean).join('\n');
}

function write(file: string, from: string, packageName: string, parts: GoList[]): void {
    writeFileSync(file, goSource('webapp/generate/go_lists.ts', from, packageName, parts.map(source).join('\n')));
}

write('server/fault/codes.go', 'webapp/src/sync/errors.ts', 'fault', [
    {prefix: '', doc: 'The error codes.', words: errorCodes, type: 'Code', all: 'Codes'},
]);

write('server/fault/origins.go', 'webapp/src/sync/faults', 'fault', [
    {prefix: 'Origin', doc: 'Where a failure comes from (Facts.Origin).', words: lists.factOrigins},
    {prefix: 'Kind', doc: 'How a connection fails (Facts.Kind).', words: Object.keys(networkKinds)},
]);

write('server/names/names.go', 'webapp/src/sync/lists.ts and others', 'names', [
    {prefix: 'Action', doc: 'What happens to an account.', words: lists.actions, all: 'Actions'},
    {prefix: 'Status', doc: 'How far a change is.', words: lists.changeStatuses, all: 'ChangeStatuses'},
    {prefix: 'Mode', doc: 'What a run is for.', words: lists.runModes, all: 'RunModes'},
    {prefix: 'Trigger', doc: 'What starts a run.', words: lists.triggers, all: 'Triggers'},
    {prefix: 'State', doc: 'How far a run is, and how it ended.', words: lists.runStates, all: 'RunStates'},
    {prefix: 'Phase', doc: 'The steps of a run.', words: lists.phases},
    {prefix: 'Reading', doc: 'What a run reads of the directory.', words: lists.readings, all: 'Readings'},
    {prefix: 'Reading', words: lists.directoryReadings, all: 'DirectoryReadings'},
    {prefix: 'Credential', doc: 'How the plugin signs in to Microsoft.', words: credentials},
    {prefix: 'SignIn', doc: 'How a new account signs in.', words: lists.signInMethods},
    {prefix: 'Level', doc: 'How loud a line of the log is.', words: lists.logLevels},
    {words: lists.standings, all: 'Standings'},
    {words: lookupNames, all: 'Lookups'},
]);

writeFileSync('server/names/object_id.go', goSource('webapp/generate/go_lists.ts', 'webapp/src/sync/object_id.ts', 'names',
    constants('What can be the object ID of a user, a group, or an application.', [['ObjectIDPattern', OBJECT_ID_PATTERN]])));
