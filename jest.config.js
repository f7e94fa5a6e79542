/** Jest runs the tests next to the TypeScript code. A test of a component selects jsdom in its first line. */
const swc = require('./swc_jest');

module.exports = {
    roots: ['<rootDir>/webapp/src'],
    testEnvironment: 'node',
    testMatch: ['**/*.test.ts', '**/*.test.tsx'],
    transform: {'\\.tsx?$': ['@swc/jest', swc]},
    moduleNameMapper: {
        '\\.css$': '<rootDir>/webapp/src/testing/empty_style.js',
        '/start_worker$': '<rootDir>/webapp/src/testing/live_thread.ts',
    },
    setupFilesAfterEnv: ['<rootDir>/webapp/src/testing/setup.ts'],
};
