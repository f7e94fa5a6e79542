/** Jest runs the tests next to the TypeScript code. A test of a component selects jsdom in its first line. */
const swc = require('./swc_jest');

module.exports = {
    roots: ['<rootDir>/webapp/src'],
    testEnvironment: 'node',

    // On a busy machine, loading the parts of the page takes longer than the usual 5 s.
    testTimeout: 20_000,
    testMatch: ['**/*.test.ts', '**/*.test.tsx'],
    transform: {'\\.tsx?$': ['@swc/jest', swc]},
    moduleNameMapper: {
        '\\.css$': '<rootDir>/webapp/src/testing/empty_style.js',
        '/start_worker$': '<rootDir>/webapp/src/testing/live_thread.ts',
    },
    setupFilesAfterEnv: ['<rootDir>/webapp/src/testing/setup.ts'],
};
