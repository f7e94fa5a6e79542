import {readdirSync, readFileSync} from 'fs';
import {join} from 'path';

import {runCase} from './run_case';

interface CaseFile {
    function: string;
    cases: {name: string; input: unknown; expected: unknown}[];
}

for (const file of readdirSync(__dirname).filter((name) => name.endsWith('.json'))) {
    const {function: name, cases} = JSON.parse(readFileSync(join(__dirname, file), 'utf8')) as CaseFile;

    describe(file, () => {
        test.each(cases)('$name', ({input, expected}) => {
            const answer: unknown = JSON.parse(JSON.stringify(runCase({function: name, input})));
            expect(answer).toEqual(expected);
        });
    });
}

test('a file of cases names a function that exists', () => {
    expect(() => runCase({function: 'nothing', input: null})).toThrow('nothing');
});
