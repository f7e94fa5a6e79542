// Adds up the results of Jest (--json) and gotestsum (--jsonfile) and prints "N passed, N failed".
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

const folder = process.argv[2];
let passed = 0;
let failed = 0;

for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8');
    if (name === 'jest.json' || name === 'browser.json') {
        const result = JSON.parse(text);
        passed += result.numPassedTests;
        failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
        continue;
    }
    for (const line of text.split('\n').filter(Boolean)) {
        const event = JSON.parse(line);
        const counts = event.Test !== undefined || event.Action === 'fail';
        passed += Number(counts && event.Action === 'pass');
        failed += Number(counts && event.Action === 'fail');
    }
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
