// Adds up the results of Jest (--json) and gotestsum (--jsonfile). Prints the slowest tests and, as the last line,
// "N passed, N failed".
import {readdirSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';

const slowestShown = 10;
const goResults = ['go.json', 'e2e.json'];

const folder = process.argv[2];
const all = readdirSync(folder).map(read);
const passed = sum(all, ({passed}) => passed);
const failed = sum(all, ({failed}) => failed);
const slowest = all.flatMap(({tests}) => tests).sort((a, b) => b.seconds - a.seconds).slice(0, slowestShown);

console.log(`\nThe ${slowest.length} slowest tests:`);
for (const {name, seconds} of slowest) {
    console.log(`${seconds.toFixed(1).padStart(7)} s  ${name}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function sum(list, number) {
    return list.reduce((total, each) => total + number(each), 0);
}

function read(name) {
    const text = readFileSync(join(folder, name), 'utf8');
    return goResults.includes(name) ? readGo(text) : readJest(JSON.parse(text));
}

function readJest({numPassedTests, numFailedTests, numRuntimeErrorTestSuites, testResults}) {
    return {
        passed: numPassedTests,
        failed: numFailedTests + numRuntimeErrorTestSuites,
        tests: testResults.flatMap(({name: file, assertionResults}) => assertionResults.map(({fullName, duration}) => (
            {name: `${basename(file)}: ${fullName}`, seconds: (duration ?? 0) / 1000}
        ))),
    };
}

// Subtests count, but their time is part of their test's.
function readGo(text) {
    const ended = text.split('\n').filter(Boolean).map((line) => JSON.parse(line)).filter(({Action}) => Action === 'pass' || Action === 'fail');
    const tests = ended.filter(({Test}) => Test !== undefined);
    return {
        passed: sum(tests, ({Action}) => Number(Action === 'pass')),
        failed: sum(ended, ({Action}) => Number(Action === 'fail')),
        tests: tests.filter(({Test}) => !Test.includes('/')).map(({Package, Test, Elapsed}) => ({name: `${basename(Package)}: ${Test}`, seconds: Elapsed})),
    };
}
